package io.tiphys.apiserver.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessReviewsTest {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private final FakeRegistry registry = new FakeRegistry();
  private final AccessReviews reviews =
      new AccessReviews(
          AuthorizationModes.parse(
              "Node,RBAC",
              Map.of(
                  "Node",
                  new NodeAuthorizer(registry.stored(), List.of()),
                  "RBAC",
                  new RbacAuthorizer(registry.stored()))));

  /** Group dev may get pods in n; everybody may get /version. */
  @BeforeEach
  void roles() {
    registry.put(
        RBAC,
        "clusterroles",
        json(
            "{'metadata':{'name':'r'},'rules':[{'verbs':['get'],'apiGroups':[''],"
                + "'resources':['pods']},{'verbs':['get'],'nonResourceURLs':['/version']}]}"));
    registry.put(
        RBAC,
        "rolebindings",
        json(
            "{'metadata':{'name':'b','namespace':'n'},'roleRef':{'kind':'ClusterRole',"
                + "'name':'r'},'subjects':[{'kind':'Group','name':'dev'}]}"));
  }

  @Test
  void subjectReviewAnswersForAnother() {
    String spec =
        "{'spec':{'groups':['dev'],'resourceAttributes':{'verb':'get','resource':'pods',"
            + "'namespace':'%s'}}}";
    assertThat(reviews.subject(call("", spec.formatted("n"))).object("status"))
        .isEqualTo(
            json(
                "{'allowed':true,'reason':'RBAC: allowed by RoleBinding \\'b/n\\' of ClusterRole"
                    + " \\'r\\' to Group \\'dev\\''}"));
    assertThat(reviews.subject(call("", spec.formatted("m"))).object("status"))
        .isEqualTo(json("{'allowed':false}"));
  }

  @Test
  void selfReviewAnswersForTheSender() {
    String spec =
        "{'spec':{'resourceAttributes':{'verb':'get','resource':'pods','namespace':'n'}}}";
    assertThat(reviews.self(call("", spec)).object("status").bool("allowed")).isTrue();
    String path = "{'spec':{'nonResourceAttributes':{'verb':'get','path':'/version'}}}";
    assertThat(reviews.self(call("", path)).object("status").bool("allowed")).isFalse();
  }

  @Test
  void localReviewIsOfItsNamespace() {
    String spec =
        "{'metadata':{'namespace':'n'},'spec':{'user':'jane','groups':['dev'],"
            + "'resourceAttributes':{'verb':'get','resource':'pods','namespace':'n'}}}";
    assertThat(reviews.localSubject(call("n", spec)).object("status").bool("allowed")).isTrue();
    assertThatThrownBy(() -> reviews.localSubject(call("m", spec)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessage("spec.resourceAttributes.namespace must match namespace: m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'user':'u'} | spec.resourceAttributes: Invalid value: null: exactly one of"
            + " nonResourceAttributes or resourceAttributes must be specified",
        "{'resourceAttributes':{}} | spec.user: Invalid value: \"\": at least one of user or group"
            + " must be specified",
        "{'user':'u','resourceAttributes':{},'nonResourceAttributes':{}} |"
            + " spec.nonResourceAttributes: Invalid value: {}: cannot be specified in combination"
            + " with resourceAttributes",
      })
  void badReviewsAreExplained(String spec, String message) {
    assertThatThrownBy(() -> reviews.subject(call("", "{'spec':" + spec + "}")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(422))
        .hasMessage("SubjectAccessReview.authorization.k8s.io \"\" is invalid: " + message);
  }

  @Test
  void rulesReviewListsWhatTheSenderHas() {
    JsonObject status = reviews.selfRules(call("", "{'spec':{'namespace':'n'}}")).object("status");
    assertThat(status)
        .isEqualTo(
            json(
                "{'resourceRules':[{'verbs':['get'],'apiGroups':[''],'resources':['pods']}],"
                    + "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/version']}],"
                    + "'incomplete':false}"));
    assertThatThrownBy(() -> reviews.selfRules(call("", "{'spec':{}}")))
        .hasMessage("no namespace on request");
  }

  @Test
  void rulesOfNodesAreIncomplete() {
    UserInfo node = UserInfo.of("system:node:n1", "system:nodes");
    JsonObject status =
        reviews.selfRules(call(node, "", "{'spec':{'namespace':'n'}}")).object("status");
    assertThat(status.bool("incomplete")).isTrue();
    assertThat(status.string("evaluationError"))
        .isEqualTo("node authorizer does not support user rule resolution");
  }

  @ParameterizedTest
  @CsvSource({
    "'RBAC,Magic', '\"Magic\" is no known mode; known are AlwaysAllow, AlwaysDeny, Node, RBAC'",
    "'RBAC,RBAC', 'the mode \"RBAC\" stands there twice'",
  })
  void badModesAreNamed(String modes, String message) {
    assertThatThrownBy(() -> AuthorizationModes.parse(modes, Map.of()))
        .hasMessage("--authorization-mode: " + message);
  }

  private Action.Call call(String namespace, String body) {
    return call(UserInfo.of("jane", "dev"), namespace, body);
  }

  private Action.Call call(UserInfo user, String namespace, String body) {
    RequestInfo info =
        new RequestInfo(
            true, "", "create", "authorization.k8s.io", "v1", namespace, "reviews", "", "", "");
    RequestContext context =
        new RequestContext(
            info, user, user, Map.of(), "", "", Instant.EPOCH, new CopyOnWriteArrayList<>());
    return new Action.Call(
        context,
        registry.catalog().get("authorization.k8s.io", "reviews"),
        "create",
        namespace,
        "",
        json(body),
        false);
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text.replace('\'', '"'));
  }
}
