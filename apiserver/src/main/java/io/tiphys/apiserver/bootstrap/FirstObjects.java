package io.tiphys.apiserver.bootstrap;

import io.tiphys.apiserver.authorization.AggregatedRoles;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Makes the objects that every cluster has and brings them up to date: namespaces, priority
 * classes, default roles and bindings, the {@code kubernetes} service with its endpoints, the
 * default ServiceCIDR. Runs at each start once the registry is ready, and may run again at any time
 * to repair what somebody deleted; several servers may do so at once.
 */
public final class FirstObjects {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final GroupResource PRIORITY_CLASSES =
      new GroupResource("scheduling.k8s.io", "priorityclasses");
  private static final GroupResource CLUSTER_ROLES = new GroupResource(RBAC, "clusterroles");
  private static final GroupResource ROLES = new GroupResource(RBAC, "roles");
  private static final GroupResource CLUSTER_ROLE_BINDINGS =
      new GroupResource(RBAC, "clusterrolebindings");
  private static final GroupResource ROLE_BINDINGS = new GroupResource(RBAC, "rolebindings");

  private static final List<String> SYSTEM_NAMESPACES =
      List.of("kube-system", "kube-public", "kube-node-lease", "default");

  private static final List<JsonObject> SYSTEM_PRIORITIES =
      List.of(
          priority(
              "system-node-critical",
              2_000_001_000,
              "Used for system critical pods that must not be moved from their current node."),
          priority(
              "system-cluster-critical",
              2_000_000_000,
              "Used for system critical pods that must run in the cluster, but can be moved to"
                  + " another node if necessary."));

  private final StoredObjects objects;
  private final Ensure ensure;
  private final RbacDefaults defaults;
  private final KubernetesService service;
  private final Supplier<String> clientAuthorities;
  private final InstantSource clock;

  /**
   * @param clientAuthorities the client CA bundle as PEM, published in the config map {@code
   *     extension-apiserver-authentication} for extension servers; "" to publish none
   */
  public FirstObjects(
      StoredObjects objects,
      RbacDefaults defaults,
      KubernetesService service,
      Supplier<String> clientAuthorities,
      InstantSource clock) {
    this.objects = objects;
    this.ensure = new Ensure(objects);
    this.defaults = defaults;
    this.service = service;
    this.clientAuthorities = clientAuthorities;
    this.clock = clock;
  }

  /**
   * Blocks until everything is there.
   *
   * @throws io.tiphys.model.status.ApiException if the store refuses
   */
  public void run() {
    namespaces();
    List<Runnable> rest = new ArrayList<>();
    SYSTEM_PRIORITIES.forEach(
        wanted -> rest.add(() -> ensure.exists(PRIORITY_CLASSES, "", wanted)));
    rest.add(this::legacyTokenTracking);
    rest.add(this::extensionAuthentication);
    rest.add(service::reconcile);
    defaults
        .clusterRoles()
        .forEach(wanted ->
            rest.add(reconciled(CLUSTER_ROLES, wanted, r -> RbacReconciliation.role(r, wanted))));
    defaults
        .roles()
        .forEach(
            wanted -> rest.add(reconciled(ROLES, wanted, r -> RbacReconciliation.role(r, wanted))));
    defaults
        .clusterRoleBindings()
        .forEach(wanted -> rest.add(bound(CLUSTER_ROLE_BINDINGS, wanted)));
    defaults.roleBindings().forEach(wanted -> rest.add(bound(ROLE_BINDINGS, wanted)));
    Together.run(rest);
    new AggregatedRoles(objects).reconcile();
  }

  /** Makes the system namespaces that are missing. */
  public void namespaces() {
    Together.run(SYSTEM_NAMESPACES.stream().map(this::namespace).toList());
  }

  private Runnable namespace(String name) {
    JsonObject wanted = JsonObject.of("metadata", JsonObject.of("name", name));
    return () -> ensure.exists(NAMESPACES, "", wanted);
  }

  private Runnable reconciled(
      GroupResource resource, JsonObject wanted, UnaryOperator<JsonObject> change) {
    String namespace = wanted.object("metadata").string("namespace");
    return () -> ensure.existsAs(resource, namespace, wanted, change);
  }

  /** A binding to another role than ours is replaced: its role cannot change. */
  private Runnable bound(GroupResource resource, JsonObject wanted) {
    String namespace = wanted.object("metadata").string("namespace");
    return () -> {
      ensure.deleteIf(
          resource,
          namespace,
          wanted.object("metadata").string("name"),
          existing -> !RbacReconciliation.sameRole(existing, wanted));
      ensure.existsAs(
          resource, namespace, wanted, existing -> RbacReconciliation.binding(existing, wanted));
    };
  }

  /** Since when legacy tokens are watched for use (KEP-2799). */
  private void legacyTokenTracking() {
    String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    ensure.exists(
        CONFIG_MAPS,
        "kube-system",
        configMap("kube-apiserver-legacy-service-account-token-tracking", Map.of("since", today)));
  }

  /** Publishes the client CA bundle as it is now. */
  void extensionAuthentication() {
    String bundle = clientAuthorities.get();
    if (bundle.isEmpty()) {
      return;
    }
    JsonObject wanted =
        configMap("extension-apiserver-authentication", Map.of("client-ca-file", bundle));
    ensure.existsAs(
        CONFIG_MAPS,
        "kube-system",
        wanted,
        existing -> existing.with("data", existing.object("data").with("client-ca-file", bundle)));
  }

  private static JsonObject configMap(String name, Map<String, String> data) {
    return JsonObject.of(
        "metadata",
        JsonObject.of("name", name, "namespace", "kube-system"),
        "data",
        JsonObject.ofStrings(data));
  }

  private static JsonObject priority(String name, int value, String description) {
    return JsonObject.of(
        "metadata", JsonObject.of("name", name), "value", value, "description", description);
  }
}
