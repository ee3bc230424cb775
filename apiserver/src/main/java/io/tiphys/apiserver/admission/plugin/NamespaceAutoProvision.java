package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;

/** Makes the namespace of a new object if there is none. Off unless enabled. */
final class NamespaceAutoProvision implements AdmissionPlugin {
  private final StoredObjects objects;

  NamespaceAutoProvision(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "NamespaceAutoProvision";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE && !request.namespace().isEmpty();
  }

  /** A dry run makes nothing: it then meets a namespace that does not exist. */
  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    String name = request.namespace();
    if (!request.dryRun() && objects.cached(Kinds.NAMESPACES, "", name).isEmpty()) {
      make(name);
    }
    return object;
  }

  private void make(String name) {
    try {
      objects
          .registry()
          .create(
              objects.type(Kinds.NAMESPACES),
              "",
              JsonObject.of("metadata", JsonObject.of("name", name)));
    } catch (ApiException e) {
      if (!e.is(Reason.ALREADY_EXISTS)) {
        throw e;
      }
    }
  }
}
