package io.tiphys.server;

import static java.util.Map.entry;

import io.tiphys.apiserver.kinds.apps.AppsKinds;
import io.tiphys.apiserver.kinds.autoscaling.AutoscalingKinds;
import io.tiphys.apiserver.kinds.batch.BatchKinds;
import io.tiphys.apiserver.kinds.certificates.CertificatesKinds;
import io.tiphys.apiserver.kinds.coordination.CoordinationKinds;
import io.tiphys.apiserver.kinds.core.CoreKinds;
import io.tiphys.apiserver.kinds.discovery.DiscoveryKinds;
import io.tiphys.apiserver.kinds.networking.NetworkingKinds;
import io.tiphys.apiserver.kinds.node.NodeKinds;
import io.tiphys.apiserver.kinds.policy.PolicyKinds;
import io.tiphys.apiserver.kinds.rbac.RbacKinds;
import io.tiphys.apiserver.kinds.scheduling.SchedulingKinds;
import io.tiphys.apiserver.kinds.storage.StorageKinds;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.Strategy;
import java.time.InstantSource;
import java.util.Map;

/** How the built-in kinds behave: the tables of all groups together. */
final class BuiltInKinds {
  private BuiltInKinds() {}

  private static Map<String, Map<String, Strategy>> groups(InstantSource clock) {
    return Map.ofEntries(
        entry(CoreKinds.GROUP, CoreKinds.STRATEGIES),
        entry(AppsKinds.GROUP, AppsKinds.STRATEGIES),
        entry(AutoscalingKinds.GROUP, AutoscalingKinds.STRATEGIES),
        entry(BatchKinds.GROUP, BatchKinds.STRATEGIES),
        entry(CertificatesKinds.GROUP, CertificatesKinds.strategies(clock)),
        entry(StorageKinds.GROUP, StorageKinds.STRATEGIES),
        entry(CoordinationKinds.GROUP, CoordinationKinds.STRATEGIES),
        entry(DiscoveryKinds.GROUP, DiscoveryKinds.STRATEGIES),
        entry(NetworkingKinds.GROUP, NetworkingKinds.STRATEGIES),
        entry(NodeKinds.GROUP, NodeKinds.STRATEGIES),
        entry(PolicyKinds.GROUP, PolicyKinds.STRATEGIES),
        entry(RbacKinds.GROUP, RbacKinds.STRATEGIES),
        entry(SchedulingKinds.GROUP, SchedulingKinds.STRATEGIES));
  }

  static Behaviours strategies(InstantSource clock) {
    Behaviours all = Behaviours.NONE;
    for (Map.Entry<String, Map<String, Strategy>> group : groups(clock).entrySet()) {
      all = all.and(Behaviours.ofStrategies(group.getKey(), group.getValue()));
    }
    return all;
  }
}
