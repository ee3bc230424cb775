package io.tiphys.apiserver.kinds.policy;

import io.tiphys.apiserver.kinds.IntOrPercents;
import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import java.util.Set;

/** PodDisruptionBudgets. */
final class DisruptionBudgetStrategy implements StatusSeparated {
  private static final Set<String> EVICTION_POLICIES = Set.of("IfHealthyBudget", "AlwaysAllow");

  /** The key by which {@code policy/v1beta1} says "none"; it means nothing among other rules. */
  private static final String V1BETA1_KEY =
      "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";

  @Override
  public JsonObject initialStatus() {
    return JsonObject.of(
        "currentHealthy", 0, "desiredHealthy", 0, "disruptionsAllowed", 0, "expectedPods", 0);
  }

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        object, "spec", s -> Trees.change(s, "selector", DisruptionBudgetStrategy::stripped));
  }

  private static JsonObject stripped(JsonObject selector) {
    JsonArray expressions = selector.array("matchExpressions");
    List<Json> kept =
        expressions.stream()
            .filter(e -> !(e instanceof JsonObject o && o.string("key").equals(V1BETA1_KEY)))
            .toList();
    boolean matchesNone =
        expressions.size() == 1
            && kept.isEmpty()
            && selector.object("matchLabels").isEmpty()
            && ((JsonObject) expressions.get(0)).string("operator").equals("Exists");
    if (kept.size() == expressions.size() || matchesNone) {
      return selector;
    }
    return kept.isEmpty()
        ? selector.without("matchExpressions")
        : selector.with("matchExpressions", JsonArray.of(kept));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope budget = Scope.of(object, errors);
    Scope spec = budget.in("spec");
    budget.unless(
        spec.has("minAvailable") && spec.has("maxUnavailable"),
        "spec",
        "minAvailable and maxUnavailable cannot be both set");
    for (String field : List.of("minAvailable", "maxUnavailable")) {
      IntOrPercents.nonNegative(spec, field);
      IntOrPercents.atMost100Percent(spec, field);
    }
    spec.with("selector", LabelRules::selector);
    spec.oneOf("unhealthyPodEvictionPolicy", EVICTION_POLICIES);
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
