package io.tiphys.apiserver.bootstrap;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Creates and changes objects while other servers may do the same. */
final class Ensure {
  private final StoredObjects objects;

  Ensure(StoredObjects objects) {
    this.objects = objects;
  }

  /** Creates an object if there is none of its name; an existing one stays as it is. */
  void exists(GroupResource resource, String namespace, JsonObject wanted) {
    existsAs(resource, namespace, wanted, existing -> existing);
  }

  /** Creates an object, or changes the one that exists. Gives up when both fail by turns. */
  void existsAs(
      GroupResource resource,
      String namespace,
      JsonObject wanted,
      UnaryOperator<JsonObject> change) {
    String name = wanted.object("metadata").string("name");
    ApiException last = null;
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        Optional<JsonObject> existing = objects.get(resource, namespace, name);
        if (existing.isEmpty()) {
          create(resource, namespace, wanted);
        } else if (!change.apply(existing.get()).equals(existing.get())) {
          objects.registry().update(objects.type(resource), namespace, name, "", change);
        }
        return;
      } catch (ApiException e) {
        if (!e.is(Reason.ALREADY_EXISTS) && !e.is(Reason.NOT_FOUND)) {
          throw e;
        }
        last = e;
      }
    }
    throw last;
  }

  private void create(GroupResource resource, String namespace, JsonObject wanted) {
    ResourceType type = objects.type(resource);
    objects
        .registry()
        .create(
            type,
            namespace,
            wanted.with("apiVersion", type.kind().apiVersion()).with("kind", type.kind().kind()));
  }

  /** Deletes an object that fulfils the condition; fine if somebody else was faster. */
  void deleteIf(
      GroupResource resource, String namespace, String name, Predicate<JsonObject> condition) {
    if (objects.get(resource, namespace, name).filter(condition).isEmpty()) {
      return;
    }
    try {
      objects.registry().delete(objects.type(resource), namespace, name);
    } catch (ApiException e) {
      if (!e.is(Reason.NOT_FOUND)) {
        throw e;
      }
    }
  }
}
