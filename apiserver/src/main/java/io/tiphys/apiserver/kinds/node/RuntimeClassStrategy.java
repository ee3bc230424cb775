package io.tiphys.apiserver.kinds.node;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.pod.SchedulingRules;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.Set;

/** RuntimeClasses. */
final class RuntimeClassStrategy implements Strategy {
  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope runtimeClass = Scope.of(object, errors);
    runtimeClass.formatEvenEmpty("handler", Names::dnsLabel);
    FieldPath podFixed = FieldPath.of("overhead", "podFixed");
    Quantities.list(object.object("overhead").object("podFixed"))
        .forEach(
            (name, amount) -> Quantities.checkAmount(name, amount, podFixed.key(name), errors));
    runtimeClass.with("scheduling", RuntimeClassStrategy::scheduling);
  }

  private static void scheduling(Scope scheduling) {
    LabelRules.labels(
        scheduling.value().object("nodeSelector"),
        scheduling.at("nodeSelector"),
        scheduling.errors());
    Set<JsonObject> seen = new HashSet<>();
    scheduling.each(
        "tolerations",
        toleration -> {
          SchedulingRules.toleration(toleration);
          if (!seen.add(toleration.value())) {
            toleration.errors().duplicate(toleration.path(), toleration.value());
          }
        });
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).immutable("handler", current);
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
