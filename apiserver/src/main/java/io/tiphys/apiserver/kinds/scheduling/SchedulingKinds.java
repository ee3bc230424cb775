package io.tiphys.apiserver.kinds.scheduling;

import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code scheduling.k8s.io} by resource. */
public final class SchedulingKinds {
  public static final String GROUP = "scheduling.k8s.io";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of("priorityclasses", new PriorityClassStrategy());

  private SchedulingKinds() {}
}
