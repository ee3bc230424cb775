package io.tiphys.apiserver.kinds.coordination;

import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code coordination.k8s.io} by resource. */
public final class CoordinationKinds {
  public static final String GROUP = "coordination.k8s.io";

  public static final Map<String, Strategy> STRATEGIES = Map.of("leases", new LeaseStrategy());

  private CoordinationKinds() {}
}
