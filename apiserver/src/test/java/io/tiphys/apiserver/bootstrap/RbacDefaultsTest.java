package io.tiphys.apiserver.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.authorization.Attributes;
import io.tiphys.apiserver.authorization.NodeAuthorizer;
import io.tiphys.apiserver.authorization.RbacAuthorizer;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacDefaultsTest {
  private final RbacDefaults defaults = RbacDefaults.load();
  private final FakeRegistry registry = new FakeRegistry();
  private final RbacAuthorizer rbac = new RbacAuthorizer(registry.stored());

  @BeforeEach
  void start() {
    KubernetesService.Options options =
        new KubernetesService.Options(List.of("10.96.0.0/16"), "10.96.0.1", "192.0.2.1", 6443, 1);
    new FirstObjects(
            registry.stored(),
            defaults,
            new KubernetesService(registry.stored(), options, () -> Instant.EPOCH),
            () -> "",
            () -> Instant.EPOCH)
        .run();
  }

  @Test
  void everyObjectIsMarked() {
    Stream.of(
            defaults.clusterRoles(),
            defaults.clusterRoleBindings(),
            defaults.roles(),
            defaults.roleBindings())
        .flatMap(List::stream)
        .map(object -> object.object("metadata"))
        .forEach(metadata -> {
          assertThat(metadata.object("labels").string("kubernetes.io/bootstrapping"))
              .isEqualTo("rbac-defaults");
          assertThat(
                  metadata
                      .object("annotations")
                      .string("rbac.authorization.kubernetes.io/autoupdate"))
              .isEqualTo("true");
        });
  }

  @Test
  void everyBindingHasItsRole() {
    List<String> names = defaults.clusterRoles().stream().map(RbacDefaultsTest::name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(70);
    assertThat(defaults.clusterRoleBindings())
        .extracting(binding -> binding.object("roleRef").string("name"))
        .doesNotHaveDuplicates()
        .isSubsetOf(names);
    assertThat(defaults.clusterRoles())
        .allSatisfy(role ->
            assertThat(!role.array("rules").isEmpty() || role.has("aggregationRule"))
                .describedAs(name(role))
                .isTrue());
  }

  /** What users of the default roles may and may not do. */
  @ParameterizedTest
  @CsvSource({
    "'', system:masters, delete, '', nodes, '', true",
    "jane, system:authenticated, create, authorization.k8s.io, selfsubjectaccessreviews, '', true",
    "jane, system:authenticated, get, '', pods, n, false",
    "system:kube-scheduler, system:authenticated, create, '', pods/binding, n, true",
    "system:kube-scheduler, system:authenticated, update, '', persistentvolumes, '', true",
    "system:kube-scheduler, system:authenticated, create, '', secrets, n, false",
    "system:kube-controller-manager, system:authenticated, watch, any.io, things, '', true",
    "system:kube-controller-manager, system:authenticated, create, coordination.k8s.io, leases,"
        + " kube-system, true",
    "system:kube-proxy, system:authenticated, watch, discovery.k8s.io, endpointslices, '', true",
    "system:serviceaccount:kube-system:deployment-controller, system:authenticated, create, apps,"
        + " replicasets, n, true",
    "system:serviceaccount:kube-system:generic-garbage-collector, system:authenticated, delete,"
        + " any.io, things, n, true",
    "system:serviceaccount:kube-system:horizontal-pod-autoscaler, system:authenticated, update,"
        + " any.io, things/scale, n, true",
    "system:serviceaccount:kube-system:token-cleaner, system:authenticated, delete, '', secrets,"
        + " kube-system, true",
    "system:serviceaccount:kube-system:token-cleaner, system:authenticated, delete, '', secrets,"
        + " default, false",
    "system:node:n1, system:nodes, get, '', secrets, n, false",
  })
  void defaultRolesAllow(
      String user,
      String group,
      String verb,
      String apiGroup,
      String resource,
      String namespace,
      boolean allowed) {
    String[] parts = (resource + "/").split("/", -1);
    Attributes asked =
        Attributes.resource(
            UserInfo.of(user, group), verb, apiGroup, parts[0], parts[1], namespace, "x");
    assertThat(rbac.authorize(asked).allowed()).isEqualTo(allowed);
  }

  @Test
  void adminsHaveWhatEditorsHaveWhoHaveWhatViewersHave() {
    assertThat(allows("view", "get", "", "pods", "")).isTrue();
    assertThat(allows("view", "get", "", "secrets", "")).isFalse();
    assertThat(allows("edit", "get", "", "pods", "")).isTrue();
    assertThat(allows("edit", "delete", "apps", "deployments", "")).isTrue();
    assertThat(allows("edit", "create", "rbac.authorization.k8s.io", "roles", "")).isFalse();
    assertThat(allows("admin", "get", "", "pods", "log")).isTrue();
    assertThat(allows("admin", "delete", "apps", "deployments", "")).isTrue();
    assertThat(allows("admin", "create", "rbac.authorization.k8s.io", "roles", "")).isTrue();
    assertThat(allows("admin", "create", "", "resourcequotas", "")).isFalse();
  }

  private boolean allows(
      String role, String verb, String group, String resource, String subresource) {
    registry.put(
        "rbac.authorization.k8s.io",
        "rolebindings",
        JsonObject.of(
            "metadata",
            JsonObject.of("name", role, "namespace", "n"),
            "roleRef",
            JsonObject.of("kind", "ClusterRole", "name", role),
            "subjects",
            JsonArray.of(JsonObject.of("kind", "User", "name", role))));
    return rbac.authorize(
            Attributes.resource(UserInfo.of(role), verb, group, resource, subresource, "n", "x"))
        .allowed();
  }

  @Test
  void nodesMayWhatTheirRoleSays() {
    NodeAuthorizer nodes = new NodeAuthorizer(registry.stored(), defaults.rulesOf("system:node"));
    UserInfo node = UserInfo.of("system:node:n1", "system:nodes");
    assertThat(
            nodes
                .authorize(Attributes.resource(node, "watch", "", "services", "", "", ""))
                .allowed())
        .isTrue();
  }

  @Test
  void mistakesInTheTableAreNamed() {
    assertThatThrownBy(() -> RbacDefaults.parse("# x\nclusterrole a\n  get core\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rbac-defaults.txt:3: ");
  }

  private static String name(JsonObject object) {
    return object.object("metadata").string("name");
  }
}
