package io.tiphys.apiserver.registry;

import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.util.Collection;
import java.util.Optional;

/** The stored objects by group and resource name, for parts that need objects of several kinds. */
public record StoredObjects(Registry registry, ResourceCatalog catalog) {

  public ResourceType type(GroupResource resource) {
    return catalog.get(resource.group(), resource.resource());
  }

  /** From the watch cache; does not block. */
  public Optional<JsonObject> cached(GroupResource resource, String namespace, String name) {
    return registry.cached(type(resource), namespace, name);
  }

  /** From the watch cache; does not block. */
  public Collection<JsonObject> cached(GroupResource resource, String namespace) {
    return registry.cached(type(resource), namespace);
  }

  /** The latest state, read from the store. */
  public Optional<JsonObject> get(GroupResource resource, String namespace, String name) {
    return registry.get(type(resource), namespace, name);
  }

  /** The revision of the last change that the cache has seen. */
  public long lastChange(GroupResource resource) {
    return registry.lastChange(type(resource));
  }
}
