package io.tiphys.apiserver.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FirstObjectsTest {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final FakeRegistry registry = new FakeRegistry();

  @Test
  void firstStartMakesEverything() {
    start("192.0.2.1", 1);
    for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      assertThat(registry.get("", "namespaces", "", name)).isNotNull();
    }
    assertThat(priority("system-node-critical")).isEqualTo(2_000_001_000L);
    assertThat(priority("system-cluster-critical")).isEqualTo(2_000_000_000L);
    assertThat(registry.get(RBAC, "clusterroles", "", "cluster-admin").string("kind"))
        .isEqualTo("Clusterrole");
    assertThat(registry.get("networking.k8s.io", "servicecidrs", "", "kubernetes").object("spec"))
        .hasToString("{\"cidrs\":[\"10.96.0.0/16\"]}");
    assertThat(
            registry
                .get(
                    "",
                    "configmaps",
                    "kube-system",
                    "kube-apiserver-legacy-service-account-token-tracking")
                .object("data"))
        .hasToString("{\"since\":\"2026-05-01\"}");
    assertThat(
            registry
                .get("", "configmaps", "kube-system", "extension-apiserver-authentication")
                .object("data")
                .string("client-ca-file"))
        .isEqualTo("PEM");
  }

  @Test
  void secondStartWritesNothing() {
    start("192.0.2.1", 1);
    long revision = registry.revision();
    start("192.0.2.1", 1);
    assertThat(registry.revision()).isEqualTo(revision);
  }

  @Test
  void serviceLeadsToTheServer() {
    start("192.0.2.1", 1);
    JsonObject spec = registry.get("", "services", "default", "kubernetes").object("spec");
    assertThat(spec.string("clusterIP")).isEqualTo("10.96.0.1");
    assertThat(spec.array("ports"))
        .hasToString(
            "[{\"name\":\"https\",\"port\":443,\"protocol\":\"TCP\",\"targetPort\":6443}]");
    assertThat(registry.get("", "endpoints", "default", "kubernetes").array("subsets"))
        .hasToString(
            "[{\"addresses\":[{\"ip\":\"192.0.2.1\"}],"
                + "\"ports\":[{\"name\":\"https\",\"port\":6443,\"protocol\":\"TCP\"}]}]");
    JsonObject slice = registry.get("discovery.k8s.io", "endpointslices", "default", "kubernetes");
    assertThat(slice.string("addressType")).isEqualTo("IPv4");
    assertThat(slice.array("endpoints"))
        .hasToString("[{\"addresses\":[\"192.0.2.1\"],\"conditions\":{\"ready\":true}}]");
  }

  @Test
  void serversShareTheService() {
    start("192.0.2.1", 2);
    start("192.0.2.2", 2);
    assertThat(addresses()).containsExactly("192.0.2.1", "192.0.2.2");
    start("192.0.2.3", 2);
    assertThat(addresses()).containsExactly("192.0.2.2", "192.0.2.3");
  }

  @Test
  void newAddressOfTheOnlyServerReplacesTheOldOne() {
    start("192.0.2.1", 1);
    start("192.0.2.9", 1);
    assertThat(addresses()).containsExactly("192.0.2.9");
  }

  @Test
  void whatIsMissingIsAddedAndWhatWasAddedStays() {
    start("192.0.2.1", 1);
    change("clusterroles", "system:kube-dns", role -> role.with("rules", rules("secrets")));
    change("clusterrolebindings", "cluster-admin", b -> b.with("subjects", subjects("jane")));
    registry.delete(RBAC, "clusterroles", "", "view");
    start("192.0.2.1", 1);
    JsonObject dns = registry.get(RBAC, "clusterroles", "", "system:kube-dns");
    assertThat(dns.array("rules").objects().flatMap(r -> r.array("resources").strings()))
        .containsExactly("secrets", "endpoints", "services");
    JsonObject binding = registry.get(RBAC, "clusterrolebindings", "", "cluster-admin");
    assertThat(binding.array("subjects").objects().map(s -> s.string("name")))
        .containsExactly("jane", "system:masters");
    assertThat(registry.get(RBAC, "clusterroles", "", "view").array("rules").isEmpty()).isFalse();
  }

  @Test
  void objectsThatShallNotBeUpdatedAreLeftAlone() {
    start("192.0.2.1", 1);
    UnaryOperator<JsonObject> frozen =
        object ->
            object.withAt(
                JsonString.of("false"), "metadata", "annotations", RbacDefaults.AUTO_UPDATE);
    change(
        "clusterroles",
        "system:kube-dns",
        role -> frozen.apply(role.with("rules", JsonArray.EMPTY)));
    change(
        "clusterrolebindings",
        "cluster-admin",
        b -> frozen.apply(b.with("subjects", JsonArray.EMPTY)));
    long revision = registry.revision();
    start("192.0.2.1", 1);
    assertThat(registry.revision()).isEqualTo(revision);
  }

  @Test
  void bindingOfAnotherRoleIsReplaced() {
    start("192.0.2.1", 1);
    change(
        "clusterrolebindings",
        "system:basic-user",
        b -> b.withAt(JsonString.of("cluster-admin"), "roleRef", "name"));
    start("192.0.2.1", 1);
    assertThat(
            registry
                .get(RBAC, "clusterrolebindings", "", "system:basic-user")
                .object("roleRef")
                .string("name"))
        .isEqualTo("system:basic-user");
  }

  @Test
  void hostWithoutNetworkHasAServiceWithoutEndpoints() {
    start("127.0.0.1", 1);
    assertThat(registry.get("", "services", "default", "kubernetes")).isNotNull();
    assertThatThrownBy(() -> registry.get("", "endpoints", "default", "kubernetes"))
        .isInstanceOf(NoSuchElementException.class);
  }

  private void start(String address, int servers) {
    KubernetesService.Options options =
        new KubernetesService.Options(List.of("10.96.0.0/16"), "10.96.0.1", address, 6443, servers);
    KubernetesService service = new KubernetesService(registry.stored(), options, () -> NOW);
    new FirstObjects(registry.stored(), RbacDefaults.load(), service, () -> "PEM", () -> NOW).run();
  }

  private List<String> addresses() {
    List<String> endpoints =
        registry
            .get("", "endpoints", "default", "kubernetes")
            .array("subsets")
            .objects()
            .flatMap(subset -> subset.array("addresses").objects())
            .map(address -> address.string("ip"))
            .toList();
    List<String> slice =
        registry
            .get("discovery.k8s.io", "endpointslices", "default", "kubernetes")
            .array("endpoints")
            .objects()
            .flatMap(endpoint -> endpoint.array("addresses").strings())
            .toList();
    assertThat(slice).isEqualTo(endpoints);
    return endpoints;
  }

  private long priority(String name) {
    return registry.get("scheduling.k8s.io", "priorityclasses", "", name).number("value", 0);
  }

  private void change(String resource, String name, UnaryOperator<JsonObject> change) {
    registry.update(registry.catalog().get(RBAC, resource), "", name, "", change);
  }

  private static JsonArray rules(String resource) {
    return (JsonArray)
        Json.parse(
            "[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"" + resource + "\"]}]");
  }

  private static JsonArray subjects(String user) {
    return JsonArray.of(JsonObject.of("apiGroup", RBAC, "kind", "User", "name", user));
  }
}
