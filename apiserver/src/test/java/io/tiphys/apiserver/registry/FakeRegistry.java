package io.tiphys.apiserver.registry;

import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Objects in memory, without defaults or validation; the cache is always up to date. All are
 * created at the start of 2026. Uids are {@code uid-1}, {@code uid-2}, ...; revisions count writes.
 * The same lock guards everything.
 */
public final class FakeRegistry implements Registry {
  private final ResourceCatalog catalog = new FakeCatalog();
  private final TreeMap<String, JsonObject> objects = new TreeMap<>();
  private final Map<String, Long> lastChanges = new HashMap<>();
  private long revision;

  /** This registry with a catalog that knows every resource. */
  public StoredObjects stored() {
    return new StoredObjects(this, catalog);
  }

  public ResourceCatalog catalog() {
    return catalog;
  }

  /** Stores an object given as JSON, as created or replaced; its namespace is in its metadata. */
  public JsonObject put(String group, String resource, String json) {
    return put(group, resource, (JsonObject) Json.parse(json));
  }

  /** Stores an object, as created or replaced; its namespace is in its metadata. */
  public JsonObject put(String group, String resource, JsonObject object) {
    ResourceType type = catalog.get(group, resource);
    JsonObject metadata = object.object("metadata");
    String namespace = metadata.string("namespace");
    String name = metadata.string("name");
    synchronized (this) {
      return objects.containsKey(type.key(namespace, name))
          ? update(type, namespace, name, "", old -> object)
          : create(type, namespace, object);
    }
  }

  /** The object; fails if it does not exist. */
  public JsonObject get(String group, String resource, String namespace, String name) {
    return get(catalog.get(group, resource), namespace, name).orElseThrow();
  }

  public void delete(String group, String resource, String namespace, String name) {
    delete(catalog.get(group, resource), namespace, name);
  }

  /** How many writes there were. */
  public synchronized long revision() {
    return revision;
  }

  @Override
  public Optional<JsonObject> cached(ResourceType type, String namespace, String name) {
    return get(type, namespace, name);
  }

  @Override
  public synchronized Collection<JsonObject> cached(ResourceType type, String namespace) {
    String prefix = type.prefix(namespace);
    return objects.subMap(prefix, prefix + Character.MAX_VALUE).values().stream().toList();
  }

  @Override
  public synchronized long lastChange(ResourceType type) {
    return lastChanges.getOrDefault(type.prefix(""), 0L);
  }

  @Override
  public synchronized Optional<JsonObject> get(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(objects.get(type.key(namespace, name)));
  }

  @Override
  public synchronized JsonObject create(ResourceType type, String namespace, JsonObject object) {
    JsonObject metadata = object.object("metadata");
    String name =
        metadata.string("name").isEmpty()
            ? metadata.string("generateName") + (revision + 1)
            : metadata.string("name");
    String key = type.key(namespace, name);
    if (objects.containsKey(key)) {
      throw ApiException.alreadyExists(resource(type), name);
    }
    metadata = metadata.with("name", name);
    if (type.namespaced()) {
      metadata = metadata.with("namespace", namespace);
    }
    if (!metadata.has("creationTimestamp")) {
      metadata = metadata.with("creationTimestamp", "2026-01-01T00:00:00Z");
    }
    if (!metadata.has("uid")) {
      metadata = metadata.with("uid", "uid-" + (revision + 1));
    }
    return store(type, key, object.with("metadata", metadata));
  }

  @Override
  public synchronized JsonObject update(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<JsonObject> change) {
    String key = type.key(namespace, name);
    JsonObject old = objects.get(key);
    if (old == null) {
      throw ApiException.notFound(resource(type), name);
    }
    JsonObject changed = change.apply(old);
    if (changed.equals(old)) {
      return old;
    }
    String uid = old.object("metadata").string("uid");
    return store(type, key, changed.with("metadata", changed.object("metadata").with("uid", uid)));
  }

  /** The options are not looked at. */
  @Override
  public synchronized void delete(
      ResourceType type, String namespace, String name, JsonObject options) {
    if (objects.remove(type.key(namespace, name)) == null) {
      throw ApiException.notFound(resource(type), name);
    }
    lastChanges.put(type.prefix(""), ++revision);
  }

  private JsonObject store(ResourceType type, String key, JsonObject object) {
    lastChanges.put(type.prefix(""), ++revision);
    JsonObject metadata =
        object.object("metadata").with("resourceVersion", Long.toString(revision));
    JsonObject stored = object.with("metadata", metadata);
    objects.put(key, stored);
    return stored;
  }

  private static GroupResource resource(ResourceType type) {
    return type.resource().groupResource();
  }
}
