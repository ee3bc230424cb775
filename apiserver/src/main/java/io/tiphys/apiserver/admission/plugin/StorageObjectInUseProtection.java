package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;

/** Marks volumes and claims, so that they are not deleted while something uses them. */
final class StorageObjectInUseProtection implements AdmissionPlugin {
  private static final String VOLUME_FINALIZER = "kubernetes.io/pv-protection";
  private static final String CLAIM_FINALIZER = "kubernetes.io/pvc-protection";

  @Override
  public String name() {
    return "StorageObjectInUseProtection";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE
        && (request.concerns("", "persistentvolumes")
            || request.concerns("", "persistentvolumeclaims"));
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    String finalizer =
        request.concerns("", "persistentvolumes") ? VOLUME_FINALIZER : CLAIM_FINALIZER;
    JsonArray finalizers = object.object("metadata").array("finalizers");
    return finalizers.strings().anyMatch(finalizer::equals)
        ? object
        : object.withAt(finalizers.append(JsonString.of(finalizer)), "metadata", "finalizers");
  }
}
