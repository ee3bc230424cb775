package io.tiphys.server;

import io.tiphys.apiserver.kinds.apps.AppsKinds;
import io.tiphys.apiserver.kinds.batch.BatchKinds;
import io.tiphys.apiserver.kinds.coordination.CoordinationKinds;
import io.tiphys.apiserver.kinds.core.CoreKinds;
import io.tiphys.apiserver.kinds.discovery.DiscoveryKinds;
import io.tiphys.apiserver.kinds.networking.NetworkingKinds;
import io.tiphys.apiserver.kinds.node.NodeKinds;
import io.tiphys.apiserver.kinds.policy.PolicyKinds;
import io.tiphys.apiserver.kinds.rbac.RbacKinds;
import io.tiphys.apiserver.kinds.scheduling.SchedulingKinds;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** How the built-in kinds behave: the tables of all groups together. */
final class BuiltInKinds {
  private static final Map<String, Map<String, Strategy>> GROUPS =
      Map.of(
          CoreKinds.GROUP, CoreKinds.STRATEGIES,
          AppsKinds.GROUP, AppsKinds.STRATEGIES,
          BatchKinds.GROUP, BatchKinds.STRATEGIES,
          CoordinationKinds.GROUP, CoordinationKinds.STRATEGIES,
          DiscoveryKinds.GROUP, DiscoveryKinds.STRATEGIES,
          NetworkingKinds.GROUP, NetworkingKinds.STRATEGIES,
          NodeKinds.GROUP, NodeKinds.STRATEGIES,
          PolicyKinds.GROUP, PolicyKinds.STRATEGIES,
          RbacKinds.GROUP, RbacKinds.STRATEGIES,
          SchedulingKinds.GROUP, SchedulingKinds.STRATEGIES);

  private BuiltInKinds() {}

  static Behaviours strategies() {
    Behaviours all = Behaviours.NONE;
    for (Map.Entry<String, Map<String, Strategy>> group : GROUPS.entrySet()) {
      all = all.and(Behaviours.ofStrategies(group.getKey(), group.getValue()));
    }
    return all;
  }
}
