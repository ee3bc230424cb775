package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;

/** ControllerRevisions: a recorded state of a workload, which never changes. */
final class ControllerRevisionStrategy implements Strategy {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope revision = Scope.of(object, errors);
    if (!revision.has("data")) {
      errors.required(revision.at("data"), "data is mandatory");
    }
    revision.nonNegative("revision");
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).immutable("data", current);
  }
}
