package io.tiphys.apiserver.catalog;

import io.tiphys.apiserver.kinds.apps.AppsKinds;
import io.tiphys.apiserver.kinds.autoscaling.AutoscalingKinds;
import io.tiphys.apiserver.kinds.batch.BatchKinds;
import io.tiphys.apiserver.kinds.certificates.CertificatesKinds;
import io.tiphys.apiserver.kinds.coordination.CoordinationKinds;
import io.tiphys.apiserver.kinds.discovery.DiscoveryKinds;
import io.tiphys.apiserver.kinds.networking.NetworkingKinds;
import io.tiphys.apiserver.kinds.node.NodeKinds;
import io.tiphys.apiserver.kinds.policy.PolicyKinds;
import io.tiphys.apiserver.kinds.rbac.RbacKinds;
import io.tiphys.apiserver.kinds.resource.ResourceKinds;
import io.tiphys.apiserver.kinds.scheduling.SchedulingKinds;
import io.tiphys.apiserver.kinds.storage.StorageKinds;
import io.tiphys.apiserver.resource.Strategy;
import java.time.InstantSource;
import java.util.Map;

/** The strategies of all groups but the core one, whose name is empty. */
public final class NamedGroups {
  private NamedGroups() {}

  /**
   * By group, then by resource or {@code resource/subresource}, as {@link
   * io.tiphys.apiserver.resource.Behaviours#ofStrategies} takes them.
   */
  public static Map<String, Map<String, Strategy>> strategies(InstantSource clock) {
    return Map.ofEntries(
        Map.entry(AppsKinds.GROUP, AppsKinds.STRATEGIES),
        Map.entry(AutoscalingKinds.GROUP, AutoscalingKinds.STRATEGIES),
        Map.entry(BatchKinds.GROUP, BatchKinds.STRATEGIES),
        Map.entry(CertificatesKinds.GROUP, CertificatesKinds.strategies(clock)),
        Map.entry(CoordinationKinds.GROUP, CoordinationKinds.STRATEGIES),
        Map.entry(DiscoveryKinds.GROUP, DiscoveryKinds.STRATEGIES),
        Map.entry(NetworkingKinds.GROUP, NetworkingKinds.STRATEGIES),
        Map.entry(NodeKinds.GROUP, NodeKinds.STRATEGIES),
        Map.entry(PolicyKinds.GROUP, PolicyKinds.STRATEGIES),
        Map.entry(RbacKinds.GROUP, RbacKinds.STRATEGIES),
        Map.entry(ResourceKinds.GROUP, ResourceKinds.STRATEGIES),
        Map.entry(SchedulingKinds.GROUP, SchedulingKinds.STRATEGIES),
        Map.entry(StorageKinds.GROUP, StorageKinds.STRATEGIES));
  }
}
