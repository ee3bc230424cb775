package io.tiphys.apiserver.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacAuthorizerTest {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private final FakeRegistry registry = new FakeRegistry();
  private final RbacAuthorizer authorizer = new RbacAuthorizer(registry.stored());

  /** A role with one rule, given to user jane everywhere; may she? */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // rule | verb | group | resource | subresource | namespace | name | allowed
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'] | get | | pods | | n | p | true",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'] | list | | pods | | n | | false",
        "'verbs':['*'],'apiGroups':[''],'resources':['pods'] | list | | pods | | | | true",
        "'verbs':['*'],'apiGroups':[''],'resources':['pods'] | get | apps | pods | | n | p | false",
        "'verbs':['*'],'apiGroups':['*'],'resources':['pods'] | get | apps | pods | | n | p | true",
        "'verbs':['*'],'apiGroups':[''],'resources':['pods'] | get | | pods | log | n | p | false",
        "'verbs':['*'],'apiGroups':[''],'resources':['pods/log'] | get | | pods | log | n | p | true",
        "'verbs':['*'],'apiGroups':[''],'resources':['pods/log'] | get | | pods | | n | p | false",
        "'verbs':['*'],'apiGroups':[''],'resources':['*'] | get | | pods | log | n | p | true",
        "'verbs':['*'],'apiGroups':['*'],'resources':['*/scale'] | get | a | bs | scale | n | p | true",
        "'verbs':['*'],'apiGroups':['*'],'resources':['*/scale'] | get | a | bs | status | n | p | false",
        "'verbs':['*'],'apiGroups':['*'],'resources':['*/scale'] | get | a | scale | | n | p | false",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'],'resourceNames':['p'] | get | | pods | | n | p | true",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'],'resourceNames':['p'] | get | | pods | | n | q | false",
        "'verbs':['list'],'apiGroups':[''],'resources':['pods'],'resourceNames':['p'] | list | | pods | | n | | false",
        "'verbs':['get'],'nonResourceURLs':['*'] | get | | pods | | n | p | false",
      })
  void rulesAllowWhatTheyName(
      String rule,
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name,
      boolean allowed) {
    clusterRole("r", rule);
    clusterRoleBinding("b", "r", "'kind':'User','name':'jane'");
    Attributes asked =
        Attributes.resource(
            UserInfo.of("jane"),
            verb,
            empty(group),
            resource,
            empty(subresource),
            empty(namespace),
            empty(name));
    assertThat(authorizer.authorize(asked).allowed()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz, /healthz, true",
    "/healthz, /healthz/etcd, false",
    "/healthz/*, /healthz/etcd, true",
    "/healthz/*, /healthz, false",
    "*, /anything, true",
    "/api*, /apis/apps, true",
  })
  void pathsMayEndInAStar(String allowedPath, String path, boolean allowed) {
    clusterRole("r", "'verbs':['get'],'nonResourceURLs':['" + allowedPath + "']");
    clusterRoleBinding("b", "r", "'kind':'Group','name':'system:authenticated'");
    UserInfo user = UserInfo.of("jane", "system:authenticated");
    assertThat(authorizer.authorize(path(user, path)).allowed()).isEqualTo(allowed);
  }

  @Test
  void reasonNamesBindingRoleAndSubject() {
    clusterRole("view", "'verbs':['get'],'apiGroups':[''],'resources':['pods']");
    clusterRoleBinding("b1", "view", "'kind':'User','name':'jane'");
    assertThat(get("jane", "n").reason())
        .isEqualTo(
            "RBAC: allowed by ClusterRoleBinding \"b1\" of ClusterRole \"view\" to User \"jane\"");
    registry.put(
        RBAC,
        "rolebindings",
        json(
            "'metadata':{'name':'b2','namespace':'n'},"
                + "'roleRef':{'kind':'ClusterRole','name':'view'},"
                + "'subjects':[{'kind':'ServiceAccount','name':'sa','namespace':'m'}]"));
    assertThat(get("system:serviceaccount:m:sa", "n").reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"b2/n\" of ClusterRole \"view\""
                + " to ServiceAccount \"sa/m\"");
    assertThat(get("system:serviceaccount:m:sa", "m").allowed()).isFalse();
    assertThat(get("system:serviceaccount:n:sa", "n").allowed()).isFalse();
  }

  @Test
  void roleIsOfTheBindingsNamespace() {
    registry.put(
        RBAC,
        "roles",
        json(
            "'metadata':{'name':'r','namespace':'n'},"
                + "'rules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']}]"));
    for (String namespace : new String[] {"n", "m"}) {
      registry.put(
          RBAC,
          "rolebindings",
          json(
              "'metadata':{'name':'b','namespace':'"
                  + namespace
                  + "'},'roleRef':{'kind':'Role','name':'r'},"
                  + "'subjects':[{'kind':'User','name':'jane'}]"));
    }
    assertThat(get("jane", "n").allowed()).isTrue();
    assertThat(get("jane", "m"))
        .isEqualTo(Verdict.noOpinion("RBAC: role.rbac.authorization.k8s.io \"r\" not found"));
  }

  @Test
  void missingClusterRoleIsNamed() {
    clusterRoleBinding("b", "gone", "'kind':'User','name':'jane'");
    clusterRoleBinding("c", "lost", "'kind':'User','name':'jane'");
    assertThat(get("jane", "n").reason())
        .isEqualTo(
            "RBAC: [clusterrole.rbac.authorization.k8s.io \"gone\" not found,"
                + " clusterrole.rbac.authorization.k8s.io \"lost\" not found]");
  }

  @Test
  void changesCountAtOnce() {
    clusterRoleBinding("b", "r", "'kind':'User','name':'jane'");
    assertThat(get("jane", "n").allowed()).isFalse();
    clusterRole("r", "'verbs':['get'],'apiGroups':[''],'resources':['pods']");
    assertThat(get("jane", "n").allowed()).isTrue();
    registry.delete(RBAC, "clusterrolebindings", "", "b");
    assertThat(get("jane", "n").allowed()).isFalse();
  }

  private Verdict get(String user, String namespace) {
    return authorizer.authorize(
        Attributes.resource(UserInfo.of(user), "get", "", "pods", "", namespace, "p"));
  }

  private static Attributes path(UserInfo user, String path) {
    return new Attributes(user, "get", "", "", "", "", "", "", false, path, "", "");
  }

  private void clusterRole(String name, String rule) {
    registry.put(
        RBAC, "clusterroles", json("'metadata':{'name':'" + name + "'},'rules':[{" + rule + "}]"));
  }

  private void clusterRoleBinding(String name, String role, String subject) {
    registry.put(
        RBAC,
        "clusterrolebindings",
        json(
            "'metadata':{'name':'"
                + name
                + "'},'roleRef':{'kind':'ClusterRole','name':'"
                + role
                + "'},'subjects':[{"
                + subject
                + "}]"));
  }

  private static String json(String members) {
    return "{" + members.replace('\'', '"') + "}";
  }

  private static String empty(String text) {
    return text == null ? "" : text;
  }
}
