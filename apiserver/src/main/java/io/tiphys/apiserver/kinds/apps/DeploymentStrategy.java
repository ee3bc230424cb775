package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.IntOrPercents;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deployments. */
final class DeploymentStrategy implements StatusSeparated {
  private static final JsonString QUARTER = JsonString.of("25%");

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        PodTemplates.defaultsInSpec(object),
        "spec",
        spec -> Trees.change(spec, "strategy", DeploymentStrategy::rolling));
  }

  private static JsonObject rolling(JsonObject strategy) {
    if (!strategy.string("type").equals("RollingUpdate")) {
      return strategy;
    }
    JsonObject rolling = strategy.object("rollingUpdate");
    rolling = Trees.setIfAbsent(rolling, "maxUnavailable", QUARTER);
    return strategy.with("rollingUpdate", Trees.setIfAbsent(rolling, "maxSurge", QUARTER));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    spec.nonNegative("replicas");
    WorkloadRules.selectorAndTemplate(
        spec, "empty selector is invalid for deployment", "ReplicaSet");
    strategy(spec);
    spec.nonNegative("minReadySeconds");
    spec.nonNegative("revisionHistoryLimit");
    spec.nonNegative("progressDeadlineSeconds");
    spec.check(
        "progressDeadlineSeconds",
        n -> n > spec.number("minReadySeconds", 0),
        "must be greater than minReadySeconds");
  }

  private static void strategy(Scope spec) {
    Scope strategy = spec.in("strategy");
    Scope rolling = strategy.in("rollingUpdate");
    switch (strategy.string("type")) {
      case "Recreate" -> {
        if (strategy.has("rollingUpdate")) {
          strategy.forbidden(
              "rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }
      }
      case "RollingUpdate" -> {
        IntOrPercents.nonNegative(rolling, "maxUnavailable");
        IntOrPercents.nonNegative(rolling, "maxSurge");
        rolling.unless(
            IntOrPercents.isZero(rolling, "maxUnavailable")
                && IntOrPercents.isZero(rolling, "maxSurge"),
            "maxUnavailable",
            "may not be 0 when `maxSurge` is 0");
        IntOrPercents.atMost100Percent(rolling, "maxUnavailable");
      }
      default ->
          spec.errors()
              .notSupported(
                  strategy.path(), strategy.value(), List.of("Recreate", "RollingUpdate"));
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    WorkloadRules.selectorIsImmutable(Scope.of(updated, errors), current);
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return WorkloadRules.nameAndTemplateWarnings(object, current);
  }
}
