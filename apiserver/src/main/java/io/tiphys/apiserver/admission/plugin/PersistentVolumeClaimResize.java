package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/** Lets claims grow only where they are bound and their class allows it. */
final class PersistentVolumeClaimResize implements AdmissionPlugin {
  private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

  private final StoredObjects objects;

  PersistentVolumeClaimResize(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "PersistentVolumeClaimResize";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.UPDATE
        && request.concerns("", "persistentvolumeclaims");
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject claim = request.object();
    JsonObject old = request.old();
    if (claim == null || old == null || !grows(size(old), size(claim))) {
      return;
    }
    if (!old.object("status").string("phase").equals("Bound")) {
      throw Kinds.forbidden(request, "Only bound persistent volume claims can be expanded");
    }
    String className = className(claim);
    boolean allowed =
        !className.isEmpty()
            && className.equals(className(old))
            && objects
                .cached(Kinds.STORAGE_CLASSES, "", className)
                .filter(c -> c.bool("allowVolumeExpansion"))
                .isPresent();
    if (!allowed) {
      throw Kinds.forbidden(
          request,
          "only dynamically provisioned pvc can be resized and the storageclass that provisions"
              + " the pvc must support resize");
    }
  }

  private static String className(JsonObject claim) {
    JsonObject annotations = claim.object("metadata").object("annotations");
    return annotations.has(BETA_CLASS)
        ? annotations.string(BETA_CLASS)
        : claim.object("spec").string("storageClassName");
  }

  private static @Nullable Json size(JsonObject claim) {
    return claim.at("spec", "resources", "requests", "storage");
  }

  private static boolean grows(@Nullable Json before, @Nullable Json after) {
    return before != null && after != null && Quantity.of(after).compareTo(Quantity.of(before)) > 0;
  }
}
