package io.tiphys.apiserver.kinds;

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
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.meta.GroupResource;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The behaviours of all built-in kinds, put together from the tables of their groups. */
public final class BuiltInKinds {
  private BuiltInKinds() {}

  /**
   * @param objects asked for at calls of actions: the registry is made after the catalog
   */
  public static Behaviours behaviours(Supplier<StoredObjects> objects, InstantSource clock) {
    Map<String, Map<String, Strategy>> groups =
        Map.ofEntries(
            Map.entry(AppsKinds.GROUP, AppsKinds.STRATEGIES),
            Map.entry(AutoscalingKinds.GROUP, AutoscalingKinds.STRATEGIES),
            Map.entry(BatchKinds.GROUP, BatchKinds.STRATEGIES),
            Map.entry(CertificatesKinds.GROUP, CertificatesKinds.strategies(clock)),
            Map.entry(CoordinationKinds.GROUP, CoordinationKinds.STRATEGIES),
            Map.entry(CoreKinds.GROUP, CoreKinds.STRATEGIES),
            Map.entry(DiscoveryKinds.GROUP, DiscoveryKinds.STRATEGIES),
            Map.entry(NetworkingKinds.GROUP, NetworkingKinds.STRATEGIES),
            Map.entry(NodeKinds.GROUP, NodeKinds.STRATEGIES),
            Map.entry(PolicyKinds.GROUP, PolicyKinds.STRATEGIES),
            Map.entry(RbacKinds.GROUP, RbacKinds.STRATEGIES),
            Map.entry(SchedulingKinds.GROUP, SchedulingKinds.STRATEGIES),
            Map.entry(StorageKinds.GROUP, StorageKinds.STRATEGIES));
    Map<GroupResource, Strategy> resources = new HashMap<>();
    Map<String, Strategy> parts = new HashMap<>();
    groups.forEach((group, strategies) ->
        strategies.forEach((name, strategy) -> {
          int slash = name.indexOf('/');
          if (slash < 0) {
            resources.put(new GroupResource(group, name), strategy);
          } else {
            String resource = new GroupResource(group, name.substring(0, slash)).toString();
            parts.put(resource + name.substring(slash), strategy);
          }
        }));
    return new Behaviours(resources, parts, CoreKinds.actions(objects, clock), Map.of());
  }
}
