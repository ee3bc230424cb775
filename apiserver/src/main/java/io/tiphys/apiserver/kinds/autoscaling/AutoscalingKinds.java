package io.tiphys.apiserver.kinds.autoscaling;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code autoscaling} by resource; they see {@code v2}, which is stored. */
public final class AutoscalingKinds {
  public static final String GROUP = "autoscaling";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "horizontalpodautoscalers",
          new AutoscalerStrategy(),
          "horizontalpodautoscalers/status",
          StatusStrategy.checked((autoscaler, _) -> status(autoscaler.in("status"))));

  private AutoscalingKinds() {}

  private static void status(Scope status) {
    status.nonNegative("currentReplicas");
    status.nonNegative("desiredReplicas");
  }
}
