package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;

/** ResourceClaims. */
final class ClaimStrategy implements StatusSeparated {

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(object, "spec", ClaimRules::defaults);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    ClaimRules.validate(Scope.of(object, errors).in("spec"));
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).immutable("spec", current);
  }
}
