package io.tiphys.apiserver.resource;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.meta.GroupVersionResource;
import io.tiphys.model.schema.StructType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource in one version, as it is served: a row of data, built in or (later) from a
 * CustomResourceDefinition.
 *
 * @param singular lower-case singular name
 * @param verbs upstream's order: create, delete, deletecollection, get, list, patch, update, watch
 * @param schema the kind's type; null where nothing is known of it
 * @param subresources by name ({@code status}, {@code scale}, ...)
 * @param strategy for the resource itself
 * @param storagePrefix where its objects lie below {@code /registry/}: {@code pods}, {@code
 *     services/specs}; "" if nothing is stored
 * @param storage the row of the version that is stored; null if this is it
 * @param conversion between this version and the stored one
 * @param deprecation warning for each use; null if none
 */
public record ResourceType(
    GroupVersionResource resource,
    GroupVersionKind kind,
    String singular,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    Set<String> verbs,
    @Nullable StructType schema,
    Map<String, Subresource> subresources,
    Strategy strategy,
    String storagePrefix,
    @Nullable ResourceType storage,
    Conversion conversion,
    @Nullable String deprecation) {

  public ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    subresources = Map.copyOf(subresources);
  }

  /** The row of the stored version, which may be this one. */
  public ResourceType stored() {
    return storage == null ? this : storage;
  }

  /** An object of this version in the stored one. */
  public JsonObject toStorage(JsonObject served) {
    return storage == null || served.isEmpty()
        ? served
        : conversion
            .toStorage(served)
            .with("apiVersion", storage.kind().apiVersion())
            .with("kind", storage.kind().kind());
  }

  /** A stored object in this version. */
  public JsonObject fromStorage(JsonObject stored) {
    return storage == null || stored.isEmpty()
        ? stored
        : conversion
            .fromStorage(stored)
            .with("apiVersion", kind.apiVersion())
            .with("kind", kind.kind());
  }

  /** As upstream lays it in etcd. */
  public String key(String namespace, String name) {
    return prefix(namespace) + name;
  }

  /** The prefix of all keys of a namespace, or of all namespaces if {@code ""}. */
  public String prefix(String namespace) {
    String all = "/registry/" + stored().storagePrefix + "/";
    return namespaced && !namespace.isEmpty() ? all + namespace + "/" : all;
  }
}
