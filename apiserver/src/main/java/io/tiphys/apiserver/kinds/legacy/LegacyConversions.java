package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.resource.Conversion.SAME_SHAPE;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All kinds that are served in a version beside the stored one. The warnings name the releases in
 * which upstream deprecated and removed a version; here it is still served.
 */
public final class LegacyConversions {
  private static final Conversion INGRESS = new IngressConversion();
  private static final Conversion EVENT = new EventConversion();

  /** In the order of groups, newest version first. */
  public static final List<LegacyKind> ALL = all();

  private LegacyConversions() {}

  public static Optional<LegacyKind> find(GroupVersionKind kind) {
    return ALL.stream().filter(k -> k.served().equals(kind)).findFirst();
  }

  private static List<LegacyKind> all() {
    Table table = new Table();

    table.version("apps/v1beta2", "apps/v1", 9, 16);
    table.row("Deployment", SAME_SHAPE);
    table.row("StatefulSet", SAME_SHAPE);
    table.row("DaemonSet", SAME_SHAPE);
    table.row("ReplicaSet", SAME_SHAPE);
    table.row("ControllerRevision", SAME_SHAPE);
    table.version("apps/v1beta1", "apps/v1", 8, 16);
    table.row("Deployment", WorkloadConversion.APPS_V1BETA1_DEPLOYMENT);
    table.row("StatefulSet", WorkloadConversion.APPS_V1BETA1_STATEFUL_SET);
    table.row("ControllerRevision", SAME_SHAPE);
    table.version("extensions/v1beta1", "apps/v1", 8, 16);
    table.row("Deployment", WorkloadConversion.EXTENSIONS_DEPLOYMENT);
    table.row("DaemonSet", WorkloadConversion.EXTENSIONS_DAEMON_SET);
    table.row("ReplicaSet", WorkloadConversion.EXTENSIONS_REPLICA_SET);

    table.version("extensions/v1beta1", "networking.k8s.io/v1", 14, 22);
    table.row("Ingress", INGRESS);
    table.version("extensions/v1beta1", "networking.k8s.io/v1", 9, 16);
    table.row("NetworkPolicy", SAME_SHAPE);
    table.version("networking.k8s.io/v1beta1", "networking.k8s.io/v1", 19, 22);
    table.row("Ingress", INGRESS);
    table.row("IngressClass", SAME_SHAPE);

    table.version("batch/v1beta1", "batch/v1", 21, 25);
    table.row("CronJob", SAME_SHAPE);

    table.version("policy/v1beta1", "policy/v1", 21, 25);
    table.row("PodDisruptionBudget", new DisruptionBudgetConversion());

    table.version("rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1", 17, 22);
    table.row("Role", SAME_SHAPE);
    table.row("ClusterRole", SAME_SHAPE);
    table.row("RoleBinding", SAME_SHAPE);
    table.row("ClusterRoleBinding", SAME_SHAPE);

    table.version("autoscaling/v1", "autoscaling/v2", 0, 0);
    table.row("HorizontalPodAutoscaler", new HpaV1Conversion());
    table.version("autoscaling/v2beta2", "autoscaling/v2", 23, 26);
    table.row("HorizontalPodAutoscaler", new HpaV2BetaConversion.V2beta2());
    table.version("autoscaling/v2beta1", "autoscaling/v2", 22, 25);
    table.row("HorizontalPodAutoscaler", new HpaV2BetaConversion.V2beta1());

    table.version("events.k8s.io/v1", "v1", 0, 0);
    table.row("Event", EVENT);
    table.version("events.k8s.io/v1beta1", "v1", 22, 25);
    table.row("Event", EVENT);

    table.version("coordination.k8s.io/v1beta1", "coordination.k8s.io/v1", 19, 22);
    table.row("Lease", SAME_SHAPE);
    table.version("discovery.k8s.io/v1beta1", "discovery.k8s.io/v1", 21, 25);
    table.row("EndpointSlice", new EndpointSliceConversion());
    table.version("scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1", 14, 22);
    table.row("PriorityClass", SAME_SHAPE);
    table.version("node.k8s.io/v1beta1", "node.k8s.io/v1", 22, 25);
    table.row("RuntimeClass", SAME_SHAPE);
    table.version("storage.k8s.io/v1beta1", "storage.k8s.io/v1", 19, 22);
    table.row("StorageClass", SAME_SHAPE);
    table.row("CSIDriver", SAME_SHAPE);
    table.row("CSINode", SAME_SHAPE);
    table.row("VolumeAttachment", SAME_SHAPE);
    table.version("storage.k8s.io/v1beta1", "storage.k8s.io/v1", 24, 27);
    table.row("CSIStorageCapacity", SAME_SHAPE);

    return List.copyOf(table.rows);
  }

  /** Collects rows; those that follow {@link #version} belong to that version. */
  private static final class Table {
    private final List<LegacyKind> rows = new ArrayList<>();
    private GroupVersion served = new GroupVersion("", "");
    private GroupVersion stored = served;
    private int deprecatedIn;
    private int removedIn;

    /** Minor releases of Kubernetes 1; 0 for a version that is current. */
    void version(String served, String stored, int deprecatedIn, int removedIn) {
      this.served = GroupVersion.parse(served);
      this.stored = GroupVersion.parse(stored);
      this.deprecatedIn = deprecatedIn;
      this.removedIn = removedIn;
    }

    void row(String kind, Conversion conversion) {
      GroupVersion replacement = stored.equals(CORE) ? EVENTS : stored;
      String deprecation =
          deprecatedIn == 0
              ? null
              : "%s %s is deprecated in v1.%d+, unavailable in v1.%d+; use %s %s"
                  .formatted(served, kind, deprecatedIn, removedIn, replacement, kind);
      rows.add(new LegacyKind(served.kind(kind), stored.kind(kind), conversion, deprecation));
    }

    private static final GroupVersion CORE = new GroupVersion("", "v1");
    private static final GroupVersion EVENTS = new GroupVersion("events.k8s.io", "v1");
  }
}
