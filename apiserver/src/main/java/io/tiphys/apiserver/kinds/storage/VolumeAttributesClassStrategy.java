package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;

/** VolumeAttributesClasses: what of a volume can change while it is in use. */
final class VolumeAttributesClassStrategy implements Strategy {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope attributes = Scope.of(object, errors);
    StorageRules.driverName(attributes, "driverName");
    attributes.required("parameters", "must contain at least one attribute");
    StorageRules.parameters(attributes);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope attributes = Scope.of(updated, errors);
    attributes.immutable("driverName", current);
    attributes.immutable("parameters", current);
  }
}
