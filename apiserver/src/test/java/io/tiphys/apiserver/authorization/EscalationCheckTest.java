package io.tiphys.apiserver.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EscalationCheckTest {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final UserInfo JANE = UserInfo.of("jane", "dev", "system:authenticated");

  private final FakeRegistry registry = new FakeRegistry();
  private final RbacAuthorizer rbac = new RbacAuthorizer(registry.stored());
  private final EscalationCheck check = new EscalationCheck(rbac, rbac);

  /** Jane may get and list pods in n, and read configmap c. */
  @BeforeEach
  void janesRole() {
    put(
        "roles",
        "{'metadata':{'name':'r','namespace':'n'},'rules':["
            + "{'verbs':['get','list'],'apiGroups':[''],'resources':['pods','pods/*']},"
            + "{'verbs':['get'],'apiGroups':[''],'resources':['configmaps'],"
            + "'resourceNames':['c']}]}");
    put(
        "rolebindings",
        "{'metadata':{'name':'b','namespace':'n'},'roleRef':{'kind':'Role','name':'r'},"
            + "'subjects':[{'kind':'Group','name':'dev'}]}");
  }

  @Test
  void whatOneHoldsMayBeGranted() {
    allowed("roles", role("'verbs':['list'],'apiGroups':[''],'resources':['pods']"));
    allowed(
        "roles",
        role("'verbs':['get'],'apiGroups':[''],'resources':['configmaps'],'resourceNames':['c']"));
  }

  @Test
  void whatOneDoesNotHoldIsListed() {
    refused(
        "roles",
        role(
            "'verbs':['get','delete','create'],'apiGroups':['','apps'],'resources':['pods']},"
                + "{'verbs':['get'],'apiGroups':[''],'resources':['configmaps']},"
                + "{'verbs':['get'],'nonResourceURLs':['/metrics']"),
        """
        roles.rbac.authorization.k8s.io "new" is forbidden: user "jane" (groups=["dev" \
        "system:authenticated"]) is attempting to grant RBAC permissions not currently held:
        {APIGroups:[""], Resources:["configmaps"], Verbs:["get"]}
        {APIGroups:[""], Resources:["pods"], Verbs:["delete" "create"]}
        {APIGroups:["apps"], Resources:["pods"], Verbs:["get" "delete" "create"]}
        {NonResourceURLs:["/metrics"], Verbs:["get"]}\
        """);
  }

  @Test
  void whatIsHeldInOneNamespaceIsNotHeldElsewhere() {
    JsonObject role = role("'verbs':['list'],'apiGroups':[''],'resources':['pods']");
    assertThatThrownBy(() -> check.validate(request("clusterroles", "", role, null)))
        .hasMessageStartingWith("clusterroles.rbac.authorization.k8s.io \"new\" is forbidden:")
        .hasMessageEndingWith("{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"list\"]}");
  }

  @Test
  void unchangedRulesAreNotChecked() {
    JsonObject role = role("'verbs':['*'],'apiGroups':['*'],'resources':['*']");
    assertThatCode(() ->
            check.validate(
                request("roles", "n", role.withAt(JsonObject.EMPTY, "metadata", "labels"), role)))
        .doesNotThrowAnyException();
  }

  @Test
  void escalateAllowsToGrantAnything() {
    give("'verbs':['escalate'],'apiGroups':['rbac.authorization.k8s.io'],'resources':['roles']");
    allowed("roles", role("'verbs':['*'],'apiGroups':['*'],'resources':['*']"));
  }

  @Test
  void superusersAreNotAsked() {
    assertThat(check.handles(request("roles", "n", role("'verbs':['*']"), null))).isTrue();
    UserInfo master = UserInfo.of("m", "system:masters");
    assertThat(check.handles(request(master, "roles", "n", role("'verbs':['*']"), null))).isFalse();
  }

  @Test
  void aggregationNeedsClusterAdmin() {
    JsonObject role = json("{'metadata':{'name':'new'},'aggregationRule':{},'rules':[]}");
    assertThatThrownBy(() -> check.validate(request("clusterroles", "", role, null)))
        .hasMessage(
            "clusterroles.rbac.authorization.k8s.io \"new\" is forbidden: must have cluster-admin"
                + " privileges to use the aggregationRule");
  }

  @Test
  void bindingNeedsWhatTheRoleGrants() {
    put(
        "clusterroles",
        "{'metadata':{'name':'big'},'rules':[{'verbs':['*'],'apiGroups':['*'],"
            + "'resources':['*']}]}");
    allowed("rolebindings", binding("Role", "r"));
    refused(
        "rolebindings",
        binding("ClusterRole", "big"),
        """
        rolebindings.rbac.authorization.k8s.io "new" is forbidden: user "jane" (groups=["dev" \
        "system:authenticated"]) is attempting to grant RBAC permissions not currently held:
        {APIGroups:["*"], Resources:["*"], Verbs:["*"]}\
        """);
    give(
        "'verbs':['bind'],'apiGroups':['rbac.authorization.k8s.io'],"
            + "'resources':['clusterroles'],'resourceNames':['big']");
    allowed("rolebindings", binding("ClusterRole", "big"));
  }

  @Test
  void bindingOfAMissingRoleIsRefused() {
    assertThatThrownBy(
            () -> check.validate(request("rolebindings", "n", binding("Role", "gone"), null)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(404))
        .hasMessage("roles.rbac.authorization.k8s.io \"gone\" not found");
  }

  @Test
  void rulesOfMissingRolesAreMentioned() {
    put(
        "rolebindings",
        "{'metadata':{'name':'d','namespace':'n'},'roleRef':{'kind':'Role','name':'gone'},"
            + "'subjects':[{'kind':'User','name':'jane'}]}");
    assertThatThrownBy(() ->
            check.validate(
                request(
                    "roles",
                    "n",
                    role("'verbs':['watch'],'apiGroups':[''],'resources':['pods']"),
                    null)))
        .hasMessageEndingWith(
            "; resolution errors: role.rbac.authorization.k8s.io \"gone\" not found");
  }

  private void give(String rule) {
    put("clusterroles", "{'metadata':{'name':'extra'},'rules':[{" + rule + "}]}");
    put(
        "clusterrolebindings",
        "{'metadata':{'name':'extra'},'roleRef':{'kind':'ClusterRole','name':'extra'},"
            + "'subjects':[{'kind':'User','name':'jane'}]}");
  }

  private void allowed(String resource, JsonObject object) {
    assertThatCode(() -> check.validate(request(resource, "n", object, null)))
        .doesNotThrowAnyException();
  }

  private void refused(String resource, JsonObject object, String message) {
    assertThatThrownBy(() -> check.validate(request(resource, "n", object, null)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(403))
        .hasMessage(message);
  }

  private AdmissionRequest request(
      String resource, String namespace, JsonObject object, @Nullable JsonObject old) {
    return request(JANE, resource, namespace, object, old);
  }

  private AdmissionRequest request(
      UserInfo user,
      String resource,
      String namespace,
      JsonObject object,
      @Nullable JsonObject old) {
    RequestInfo info =
        new RequestInfo(true, "", "create", RBAC, "v1", namespace, resource, "", "", "");
    return new AdmissionRequest(
        new RequestContext(
            info, user, user, Map.of(), "", "", Instant.EPOCH, new CopyOnWriteArrayList<>()),
        old == null ? Operation.CREATE : Operation.UPDATE,
        registry.catalog().get(RBAC, resource),
        "",
        namespace,
        "new",
        object,
        old,
        JsonObject.EMPTY,
        false);
  }

  private static JsonObject role(String rules) {
    return json("{'metadata':{'name':'new'},'rules':[{" + rules + "}]}");
  }

  private static JsonObject binding(String kind, String role) {
    return json(
        "{'metadata':{'name':'new'},'roleRef':{'kind':'" + kind + "','name':'" + role + "'}}");
  }

  private void put(String resource, String json) {
    registry.put(RBAC, resource, json(json));
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text.replace('\'', '"'));
  }

  @Test
  void aggregatedRolesAreTheUnionOfWhatTheySelect() {
    put("clusterroles", aggregated("outer", "outer", ""));
    put("clusterroles", aggregated("inner", "inner", ",'labels':{'to-outer':'true'}"));
    put("clusterroles", selected("a", "inner", "pods"));
    put("clusterroles", selected("b", "inner", "nodes"));
    put("clusterroles", selected("c", "outer", "secrets"));
    AggregatedRoles roles = new AggregatedRoles(registry.stored());
    roles.reconcile();
    assertThat(resources("inner")).containsExactly("pods", "nodes");
    assertThat(resources("outer")).containsExactly("secrets", "pods", "nodes");
    long revision = registry.revision();
    roles.reconcile();
    assertThat(registry.revision()).isEqualTo(revision);
    registry.delete(RBAC, "clusterroles", "", "a");
    roles.reconcile();
    assertThat(resources("outer")).containsExactly("secrets", "nodes");
  }

  private List<String> resources(String role) {
    return registry
        .get(RBAC, "clusterroles", "", role)
        .array("rules")
        .objects()
        .flatMap(rule -> rule.array("resources").strings())
        .toList();
  }

  private static String aggregated(String name, String selects, String labels) {
    return "{'metadata':{'name':'"
        + name
        + "'"
        + labels
        + "},'aggregationRule':{'clusterRoleSelectors':[{'matchLabels':{'to-"
        + selects
        + "':'true'}}]},'rules':[]}";
  }

  private static String selected(String name, String by, String resource) {
    return "{'metadata':{'name':'"
        + name
        + "','labels':{'to-"
        + by
        + "':'true'}},'rules':[{'verbs':['get'],'apiGroups':[''],'resources':['"
        + resource
        + "']}]}";
  }
}
