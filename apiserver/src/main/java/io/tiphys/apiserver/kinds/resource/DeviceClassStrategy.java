package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;

/** DeviceClasses. */
final class DeviceClassStrategy implements Strategy {
  private static final int MAX_CONFIG = 32;

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    DeviceRules.selectors(spec);
    Limits.items(spec, "config", MAX_CONFIG);
    spec.each("config", DeviceRules::configuration);
    spec.unless(
        spec.has("extendedResourceName")
            && !ResourceNames.isExtended(spec.string("extendedResourceName")),
        "extendedResourceName",
        "must be a valid extended resource name");
  }
}
