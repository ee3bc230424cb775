package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses writes into namespaces that do not exist, creations in those that are being deleted, and
 * the deletion of the namespaces that the system lives in.
 */
final class NamespaceLifecycle implements AdmissionPlugin {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  /** Questions about access are not stored, so the namespace need not exist. */
  private static final GroupResource LOCAL_REVIEW =
      new GroupResource("authorization.k8s.io", "localsubjectaccessreviews");

  private final StoredObjects objects;

  NamespaceLifecycle(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "NamespaceLifecycle";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() != Operation.CONNECT;
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    check(request);
    return object;
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (request.operation() == Operation.DELETE) {
      check(request);
    }
  }

  private void check(AdmissionRequest request) {
    if (request.concerns("", "namespaces")) {
      if (request.operation() == Operation.DELETE && IMMORTAL.contains(request.name())) {
        throw Kinds.forbidden(request, "this namespace may not be deleted");
      }
      return;
    }
    if (request.namespace().isEmpty()
        || request.operation() == Operation.DELETE
        || request.type().resource().groupResource().equals(LOCAL_REVIEW)) {
      return;
    }
    JsonObject namespace =
        find(request.namespace())
            .orElseThrow(() -> ApiException.notFound(Kinds.NAMESPACES, request.namespace()));
    if (request.operation() == Operation.CREATE
        && namespace.object("metadata").has("deletionTimestamp")) {
      throw terminating(request);
    }
  }

  /** The cache may lag behind the namespace's creation through another server. */
  private Optional<JsonObject> find(String name) {
    Optional<JsonObject> cached = objects.cached(Kinds.NAMESPACES, "", name);
    return cached.isPresent() ? cached : objects.get(Kinds.NAMESPACES, "", name);
  }

  private static ApiException terminating(AdmissionRequest request) {
    String why =
        "unable to create new content in namespace "
            + request.namespace()
            + " because it is being terminated";
    JsonObject status = Kinds.forbidden(request, why).status();
    JsonObject cause =
        JsonObject.of(
            "reason", "NamespaceTerminating",
            "message", "namespace " + request.namespace() + " is being terminated",
            "field", "metadata.namespace");
    return ApiException.of(
        Reason.FORBIDDEN,
        status.string("message"),
        status.object("details").with("causes", JsonArray.of(cause)));
  }
}
