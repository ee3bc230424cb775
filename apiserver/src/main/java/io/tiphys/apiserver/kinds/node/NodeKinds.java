package io.tiphys.apiserver.kinds.node;

import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code node.k8s.io} by resource. */
public final class NodeKinds {
  public static final String GROUP = "node.k8s.io";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of("runtimeclasses", new RuntimeClassStrategy());

  private NodeKinds() {}
}
