package io.tiphys.apiserver.kinds.discovery;

import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code discovery.k8s.io} by resource. */
public final class DiscoveryKinds {
  public static final String GROUP = "discovery.k8s.io";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of("endpointslices", new EndpointSliceStrategy());

  private DiscoveryKinds() {}
}
