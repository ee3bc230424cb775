package io.tiphys.apiserver.kinds.autoscaling;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;

/** HorizontalPodAutoscalers. */
final class AutoscalerStrategy implements StatusSeparated {
  private static final int MAX_WINDOW_SECONDS = 3600;
  private static final int MAX_PERIOD_SECONDS = 1800;
  private static final List<String> SELECT_POLICIES = List.of("Disabled", "Max", "Min");
  private static final List<String> POLICY_TYPES = List.of("Percent", "Pods");

  /** What is scaled by if nothing is named: the CPU's utilization, in per cent of the requests. */
  private static final JsonArray DEFAULT_METRICS =
      JsonArray.of(
          JsonObject.of(
              "type",
              "Resource",
              "resource",
              JsonObject.of(
                  "name",
                  "cpu",
                  "target",
                  JsonObject.of("type", "Utilization", "averageUtilization", 80))));

  private static final JsonObject ALL_IN_15_SECONDS = policy("Percent", 100);
  private static final JsonArray UP = JsonArray.of(policy("Pods", 4), ALL_IN_15_SECONDS);
  private static final JsonArray DOWN = JsonArray.of(ALL_IN_15_SECONDS);

  private static JsonObject policy(String type, int value) {
    return JsonObject.of("type", type, "value", value, "periodSeconds", 15);
  }

  @Override
  public JsonObject initialStatus() {
    return JsonObject.of("currentReplicas", 0, "desiredReplicas", 0);
  }

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        object,
        "spec",
        spec -> {
          JsonObject result =
              spec.array("metrics").isEmpty() ? spec.with("metrics", DEFAULT_METRICS) : spec;
          return Trees.change(result, "behavior", AutoscalerStrategy::behaviorDefaults);
        });
  }

  private static JsonObject behaviorDefaults(JsonObject behavior) {
    JsonObject up = rulesDefaults(behavior.object("scaleUp"), UP);
    up = Trees.setIfAbsent(up, "stabilizationWindowSeconds", JsonNumber.of(0));
    return behavior
        .with("scaleUp", up)
        .with("scaleDown", rulesDefaults(behavior.object("scaleDown"), DOWN));
  }

  private static JsonObject rulesDefaults(JsonObject rules, JsonArray policies) {
    return Trees.setIfAbsent(
        Trees.setIfAbsent(rules, "selectPolicy", JsonString.of("Max")), "policies", policies);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    spec.check("minReplicas", n -> n >= 1, "must be greater than or equal to 1");
    long max = spec.number("maxReplicas", 0);
    if (max < 1) {
      errors.invalid(spec.at("maxReplicas"), JsonNumber.of(max), "must be greater than 0");
    }
    if (max < spec.number("minReplicas", 0)) {
      errors.invalid(
          spec.at("maxReplicas"),
          JsonNumber.of(max),
          "must be greater than or equal to `minReplicas`");
    }
    reference(spec.in("scaleTargetRef"));
    spec.each("metrics", MetricRules::validate);
    spec.with(
        "behavior",
        behavior -> {
          behavior.with("scaleUp", AutoscalerStrategy::scalingRules);
          behavior.with("scaleDown", AutoscalerStrategy::scalingRules);
        });
  }

  /** A reference to an object in any version. */
  static void reference(Scope reference) {
    reference.requiredFormat("kind", Names::pathSegment);
    reference.requiredFormat("name", Names::pathSegment);
  }

  private static void scalingRules(Scope rules) {
    String window = "stabilizationWindowSeconds";
    rules.check(window, n -> n >= 0, "must be greater than or equal to zero");
    rules.check(
        window,
        n -> n <= MAX_WINDOW_SECONDS,
        "must be less than or equal to " + MAX_WINDOW_SECONDS);
    rules.oneOf("selectPolicy", SELECT_POLICIES);
    rules.required("policies", "must specify at least one Policy");
    rules.each(
        "policies",
        policy -> {
          policy.requiredOneOf("type", POLICY_TYPES);
          policy.check("value", n -> n > 0, "must be greater than zero");
          policy.check("periodSeconds", n -> n > 0, "must be greater than zero");
          policy.check(
              "periodSeconds",
              n -> n <= MAX_PERIOD_SECONDS,
              "must be less than or equal to " + MAX_PERIOD_SECONDS);
        });
    MetricRules.notNegative(rules, "tolerance");
  }
}
