package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;

/** VolumeAttachments. */
final class VolumeAttachmentStrategy implements StatusSeparated {

  @Override
  public JsonObject initialStatus() {
    return JsonObject.of("attached", false);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    StorageRules.driverName(spec, "attacher");
    source(spec.in("source"));
    spec.requiredFormat("nodeName", Names::dnsSubdomain);
  }

  private static void source(Scope source) {
    String one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    boolean inline = source.has("inlineVolumeSpec");
    boolean volume = source.has("persistentVolumeName");
    if (!inline && !volume) {
      source.errors().required(source.path(), one);
    } else if (inline && volume) {
      source.errors().forbidden(source.path(), one);
    } else if (volume) {
      source.requiredFormat("persistentVolumeName", Names::dnsSubdomain);
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).immutable("spec", current);
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
