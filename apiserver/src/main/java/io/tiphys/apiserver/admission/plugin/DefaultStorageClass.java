package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;

/** Gives claims that name no class the default one, if there is one. */
final class DefaultStorageClass implements AdmissionPlugin {
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
  private static final String BETA_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";
  private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

  private final StoredObjects objects;

  DefaultStorageClass(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "DefaultStorageClass";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE
        && request.concerns("", "persistentvolumeclaims");
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject claim) {
    JsonObject annotations = claim.object("metadata").object("annotations");
    if (claim.object("spec").has("storageClassName") || annotations.has(BETA_CLASS)) {
      return claim;
    }
    return Annotated.newest(objects.cached(Kinds.STORAGE_CLASSES, ""), DEFAULT, BETA_DEFAULT)
        .map(c -> c.object("metadata").get("name"))
        .map(name -> claim.withAt(name, "spec", "storageClassName"))
        .orElse(claim);
  }
}
