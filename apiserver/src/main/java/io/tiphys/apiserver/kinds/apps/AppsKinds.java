package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code apps} by resource. */
public final class AppsKinds {
  public static final String GROUP = "apps";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "deployments", new DeploymentStrategy(),
          "deployments/status", StatusStrategy.checked(StatusRules::deployment),
          "replicasets", new ReplicaSetStrategy(),
          "replicasets/status", StatusStrategy.checked(StatusRules::replicaSet),
          "statefulsets", new StatefulSetStrategy(),
          "statefulsets/status", StatusStrategy.checked(StatusRules::statefulSet),
          "daemonsets", new DaemonSetStrategy(),
          "daemonsets/status", StatusStrategy.checked(StatusRules::daemonSet),
          "controllerrevisions", new ControllerRevisionStrategy());

  private AppsKinds() {}
}
