package io.tiphys.apiserver.registry;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The stored objects, for the server's own parts (authorizers, admission plug-ins, allocators,
 * first-start objects): no authentication, authorization or admission, but the same defaults and
 * validation as for clients. Objects are in the storage version and carry their resourceVersion.
 */
public interface Registry {

  /** From the watch cache; does not block. May lag behind the store by milliseconds. */
  Optional<JsonObject> cached(ResourceType type, String namespace, String name);

  /** All objects of a namespace ("" for all), from the watch cache; does not block. */
  Collection<JsonObject> cached(ResourceType type, String namespace);

  /** The revision of the last change among a resource's objects that the cache has seen. */
  long lastChange(ResourceType type);

  /** The latest state, read from the store. */
  Optional<JsonObject> get(ResourceType type, String namespace, String name);

  /**
   * Stores a new object.
   *
   * @throws io.tiphys.model.status.ApiException AlreadyExists, Invalid, ...
   */
  JsonObject create(ResourceType type, String namespace, JsonObject object);

  /**
   * Changes an object; the function may run several times if others change it too. Returns the
   * stored state; nothing is written if the function returns an equal tree.
   *
   * @throws io.tiphys.model.status.ApiException NotFound, Invalid, or whatever the function throws
   */
  JsonObject update(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<JsonObject> change);

  /** Deletes an object as a client's DELETE with default options would. */
  default void delete(ResourceType type, String namespace, String name) {
    delete(type, namespace, name, JsonObject.EMPTY);
  }

  /**
   * Deletes an object as a client's DELETE with these {@code DeleteOptions} would: grace period,
   * preconditions, propagation, {@code dryRun}. An eviction ends so.
   *
   * @throws io.tiphys.model.status.ApiException NotFound, or Conflict if a precondition fails
   */
  void delete(ResourceType type, String namespace, String name, JsonObject options);
}
