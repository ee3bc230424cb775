package io.tiphys.apiserver.kinds.policy;

import io.tiphys.apiserver.kinds.Conditions;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Strategy;
import java.util.List;
import java.util.Map;

/** The strategies of {@code policy} by resource. */
public final class PolicyKinds {
  public static final String GROUP = "policy";

  private static final List<String> COUNTERS =
      List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "poddisruptionbudgets",
          new DisruptionBudgetStrategy(),
          "poddisruptionbudgets/status",
          StatusStrategy.checked((budget, _) -> status(budget.in("status"))));

  private PolicyKinds() {}

  private static void status(Scope status) {
    Conditions.check(status, "conditions");
    COUNTERS.forEach(status::nonNegative);
  }
}
