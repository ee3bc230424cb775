package io.tiphys.apiserver.kinds.coordination;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;

/** Leases. */
final class LeaseStrategy implements Strategy {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    spec.check("leaseDurationSeconds", n -> n > 0, "must be greater than 0");
    spec.nonNegative("leaseTransitions");
    spec.unless(
        spec.isSet("preferredHolder") && !spec.isSet("strategy"),
        "preferredHolder",
        "may only be specified when `strategy` is defined");
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
