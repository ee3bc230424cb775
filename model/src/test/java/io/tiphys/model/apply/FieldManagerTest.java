package io.tiphys.model.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.yaml.YamlReader;
import io.tiphys.model.yaml.YamlWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldManagerTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final ApplyTarget CONFIG_MAP = target("", "v1", "ConfigMap");
  private static final ApplyTarget DEPLOYMENT = target("apps", "v1", "Deployment");
  private static final ApplyTarget SERVICE = target("", "v1", "Service");

  private static ApplyTarget target(String group, String version, String kind) {
    StructType type =
        Schema.kubernetes().kind(new GroupVersionKind(group, version, kind)).orElseThrow();
    return ApplyTarget.of(group.isEmpty() ? version : group + "/" + version, type);
  }

  private static JsonObject yaml(String text) {
    return (JsonObject) YamlReader.parse(text);
  }

  private static Instant at(int seconds) {
    return T0.plusSeconds(seconds);
  }

  private static JsonObject created(JsonObject object) {
    return object.withAt(Json.parse("\"u1\""), "metadata", "uid");
  }

  private static JsonObject update(
      ApplyTarget target, JsonObject live, JsonObject next, String manager, int seconds) {
    return created(FieldManager.update(target, live, next, manager, at(seconds)));
  }

  private static JsonObject apply(
      ApplyTarget target, JsonObject live, String config, String manager, int seconds) {
    return created(FieldManager.apply(target, live, yaml(config), manager, false, at(seconds)));
  }

  private static String managedFields(JsonObject object) {
    return YamlWriter.write(object.object("metadata").array("managedFields"));
  }

  private static JsonObject plain(JsonObject object) {
    return object.withoutAt("metadata", "managedFields").withoutAt("metadata", "uid");
  }

  private static final String MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: test-cm
        namespace: default
        labels:
          test-label: test
      data:
        key: some value
      """;

  @Test
  void applyingOwnsWhatIsApplied() {
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, MAP, "kubectl", 0);
    assertThat(plain(live)).isEqualTo(yaml(MAP));
    assertThat(managedFields(live))
        .isEqualTo(
            """
            - apiVersion: v1
              fieldsType: FieldsV1
              fieldsV1:
                f:data:
                  f:key: {}
                f:metadata:
                  f:labels:
                    f:test-label: {}
              manager: kubectl
              operation: Apply
              time: "2026-01-01T00:00:00Z"
            """);
  }

  @Test
  void anUpdateTakesTheFieldsItChanges() {
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, MAP, "kubectl", 0);
    JsonObject next = live.withAt(Json.parse("\"new value\""), "data", "key");
    live = update(CONFIG_MAP, live, next, "kube-controller-manager", 60);
    assertThat(managedFields(live))
        .isEqualTo(
            """
            - apiVersion: v1
              fieldsType: FieldsV1
              fieldsV1:
                f:metadata:
                  f:labels:
                    f:test-label: {}
              manager: kubectl
              operation: Apply
              time: "2026-01-01T00:00:00Z"
            - apiVersion: v1
              fieldsType: FieldsV1
              fieldsV1:
                f:data:
                  f:key: {}
              manager: kube-controller-manager
              operation: Update
              time: "2026-01-01T00:01:00Z"
            """);
  }

  @Test
  void aConflictNamesManagerAndField() {
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, MAP, "kubectl", 0);
    JsonObject next = live.withAt(Json.parse("\"new value\""), "data", "key");
    JsonObject taken = update(CONFIG_MAP, live, next, "controller", 60);
    assertThatThrownBy(() -> apply(CONFIG_MAP, taken, MAP, "kubectl", 120))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(409);
              assertThat(e.reason()).isEqualTo("Conflict");
              assertThat(e.status().object("details").array("causes"))
                  .isEqualTo(
                      Json.parse(
                          """
                          [{"reason": "FieldManagerConflict", "field": ".data.key",
                            "message": "conflict with \\"controller\\" using v1"}]
                          """));
            })
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"controller\" using v1: .data.key");
    JsonObject forced = FieldManager.apply(CONFIG_MAP, taken, yaml(MAP), "kubectl", true, at(120));
    assertThat(plain(forced)).isEqualTo(yaml(MAP));
    assertThat(managedFields(forced)).doesNotContain("controller");
  }

  @Test
  void severalConflictsAreListedByManager() {
    String base = "apiVersion: v1\nkind: ConfigMap\ndata: {a: '1', b: '1', c: '1'}\n";
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, base, "one", 0);
    String other = "apiVersion: v1\nkind: ConfigMap\ndata: {a: '2', b: '2', d: '2'}\n";
    assertThatThrownBy(() -> apply(CONFIG_MAP, live, other, "two", 1))
        .hasMessage("Apply failed with 2 conflicts: conflicts with \"one\":\n- .data.a\n- .data.b");
  }

  @Test
  void equalValuesAreShared() {
    String config = "apiVersion: v1\nkind: ConfigMap\ndata: {a: '1'}\n";
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, config, "one", 0);
    JsonObject shared = apply(CONFIG_MAP, live, config, "two", 1);
    assertThat(shared.object("metadata").array("managedFields").size()).isEqualTo(2);
    JsonObject left = apply(CONFIG_MAP, shared, "apiVersion: v1\nkind: ConfigMap\n", "one", 2);
    assertThat(left.at("data", "a")).as("still owned by two").isNotNull();
    JsonObject gone = apply(CONFIG_MAP, left, "apiVersion: v1\nkind: ConfigMap\n", "two", 3);
    assertThat(gone.has("data")).isFalse();
    assertThat(gone.object("metadata").has("managedFields")).isFalse();
  }

  @Test
  void identicalRequestsChangeNothing() {
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, MAP, "kubectl", 0);
    assertThat(apply(CONFIG_MAP, live, MAP, "kubectl", 60)).isEqualTo(live);
    assertThat(update(CONFIG_MAP, live, live, "someone", 60)).isEqualTo(live);
    JsonObject bumped = live.withAt(Json.parse("\"7\""), "metadata", "resourceVersion");
    assertThat(managedFields(update(CONFIG_MAP, live, bumped, "someone", 60)))
        .isEqualTo(managedFields(live));
  }

  @Test
  void itemsOfAMapListAreOwnedOneByOne() {
    String one =
        """
        apiVersion: v1
        kind: Service
        spec:
          ports:
          - {port: 80, name: http}
          - {port: 53, protocol: UDP, name: dns}
        """;
    JsonObject live = apply(SERVICE, JsonObject.EMPTY, one, "one", 0);
    assertThat(managedFields(live))
        .contains("k:{\"port\":80,\"protocol\":\"TCP\"}:\n          .: {}\n");
    String two =
        """
        apiVersion: v1
        kind: Service
        spec:
          ports:
          - {port: 443, protocol: TCP, name: https}
        """;
    live = apply(SERVICE, live, two, "two", 1);
    assertThat(live.object("spec").array("ports").objects().map(p -> p.string("name")))
        .containsExactly("http", "dns", "https");
    String less =
        """
        apiVersion: v1
        kind: Service
        spec:
          ports:
          - {port: 80, name: http}
        """;
    live = apply(SERVICE, live, less, "one", 2);
    assertThat(live.object("spec").array("ports").objects().map(p -> p.string("name")))
        .containsExactly("http", "https");
  }

  @Test
  void givingUpReplicasLeavesThemToTheAutoscaler() {
    String with =
        """
        apiVersion: apps/v1
        kind: Deployment
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            spec:
              containers:
              - {name: web, image: nginx}
        """;
    JsonObject live = apply(DEPLOYMENT, JsonObject.EMPTY, with, "kubectl", 0);
    JsonObject scaled = live.withAt(Json.parse("5"), "spec", "replicas");
    JsonObject live2 = update(DEPLOYMENT.withSubresource("scale"), live, scaled, "autoscaler", 1);
    assertThatThrownBy(() -> apply(DEPLOYMENT, live2, with, "kubectl", 2))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"autoscaler\" with subresource \"scale\""
                + " using apps/v1: .spec.replicas");
    JsonObject live3 = apply(DEPLOYMENT, live2, with.replace("  replicas: 3\n", ""), "kubectl", 3);
    assertThat(live3.at("spec", "replicas")).isEqualTo(Json.parse("5"));
  }

  @Test
  void createTracksTheFieldsAsUpstreamDoes() {
    JsonObject object =
        yaml(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default, labels: {app: web}}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: nginx
                    image: nginx
                    resources: {}
                  securityContext: {}
            """);
    JsonObject live = update(DEPLOYMENT, JsonObject.EMPTY, object, "kubectl-create", 0);
    assertThat(managedFields(live))
        .isEqualTo(
            """
            - apiVersion: apps/v1
              fieldsType: FieldsV1
              fieldsV1:
                f:metadata:
                  f:labels:
                    .: {}
                    f:app: {}
                f:spec:
                  f:replicas: {}
                  f:selector: {}
                  f:strategy:
                    f:rollingUpdate:
                      .: {}
                      f:maxSurge: {}
                    f:type: {}
                  f:template:
                    f:metadata:
                      f:labels:
                        .: {}
                        f:app: {}
                    f:spec:
                      f:containers:
                        k:{"name":"nginx"}:
                          .: {}
                          f:image: {}
                          f:name: {}
                          f:resources: {}
                      f:securityContext: {}
              manager: kubectl-create
              operation: Update
              time: "2026-01-01T00:00:00Z"
            """);
  }

  @Test
  void kubectlTakesOverWhatClientSideApplyLeft() {
    JsonObject config =
        yaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: '1', b: '1'}\n");
    JsonObject object =
        config.withAt(
            JsonObject.of("kubectl.kubernetes.io/last-applied-configuration", config.toString()),
            "metadata",
            "annotations");
    JsonObject live = update(CONFIG_MAP, JsonObject.EMPTY, object, "kubectl-client-side-apply", 0);
    String changed =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: '2', b: '1'}\n";
    JsonObject applied = apply(CONFIG_MAP, live, changed, "kubectl", 1);
    assertThat(applied.at("data", "a")).isEqualTo(Json.parse("\"2\""));
    assertThat(
            applied
                .object("metadata")
                .object("annotations")
                .string("kubectl.kubernetes.io/last-applied-configuration"))
        .isEqualTo(yaml(changed) + "\n");
    assertThatThrownBy(() -> apply(CONFIG_MAP, live, changed, "other", 1))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void anObjectThatNobodyTrackedBelongsToBeforeFirstApply() {
    JsonObject live =
        created(yaml("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: '1'}\n"));
    assertThatThrownBy(() ->
            apply(
                CONFIG_MAP,
                live,
                "apiVersion: v1\nkind: ConfigMap\ndata: {a: '2'}\n",
                "kubectl",
                1))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1:"
                + " .data.a");
    JsonObject updated = live.withAt(Json.parse("\"3\""), "data", "a");
    assertThat(update(CONFIG_MAP, live, updated, "someone", 1)).isEqualTo(updated);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]"})
  void anEmptyListClearsTheOwners(String list) {
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, MAP, "kubectl", 0);
    JsonObject reset = live.withAt(Json.parse(list), "metadata", "managedFields");
    assertThat(update(CONFIG_MAP, live, reset, "someone", 1).object("metadata"))
        .matches(m -> !m.has("managedFields"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[{\"manager\":\"x\"}]",
        "[1]",
        "{}",
        "[{\"operation\":\"Update\",\"apiVersion\":\"v1\",\"fieldsType\":\"FieldsV1\","
            + "\"fieldsV1\":{\"x\":{}}}]"
      })
  void wrongOwnersAreIgnored(String list) {
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, MAP, "kubectl", 0);
    JsonObject wrong = live.withAt(Json.parse(list), "metadata", "managedFields");
    assertThat(update(CONFIG_MAP, live, wrong, "someone", 1)).isEqualTo(live);
  }

  @Test
  void aClientCanSetTheOwners() {
    JsonObject live = apply(CONFIG_MAP, JsonObject.EMPTY, MAP, "kubectl", 0);
    Json owners =
        Json.parse(
            """
            [{"manager": "me", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
              "fieldsV1": {"f:data": {"f:key": {}, "k:{\\"b\\": 1, \\"a\\": 2}": {}}}}]
            """);
    JsonObject next = live.withAt(owners, "metadata", "managedFields");
    assertThat(managedFields(update(CONFIG_MAP, live, next, "someone", 1)))
        .contains("manager: me")
        .contains("k:{\"a\":2,\"b\":1}")
        .doesNotContain("kubectl");
  }

  @Test
  void theOldestOfTooManyUpdatersAreMerged() {
    JsonObject live =
        update(
            CONFIG_MAP,
            JsonObject.EMPTY,
            yaml("apiVersion: v1\nkind: ConfigMap\ndata: {x: '0'}\n"),
            "creator",
            0);
    for (int i = 1; i <= 14; i++) {
      JsonObject next = live.withAt(Json.parse("\"v\""), "data", "k" + i);
      live = update(CONFIG_MAP, live, next, "updater-" + i, i);
    }
    assertThat(
            live.object("metadata").array("managedFields").objects().map(e -> e.string("manager")))
        .hasSize(10)
        .startsWith("ancient-changes", "updater-6")
        .endsWith("updater-14");
  }

  @Test
  void resetFieldsAreNotOwned() {
    ApplyTarget target = DEPLOYMENT.withResetFields(FieldSet.of("f:status"));
    JsonObject object =
        yaml("apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 1}\nstatus: {replicas: 1}\n");
    JsonObject live = update(target, JsonObject.EMPTY, object, "x", 0);
    assertThat(managedFields(live)).contains("f:spec").doesNotContain("f:status");
  }

  @Test
  void withoutASchemaMapsAreGranularAndListsAtomic() {
    ApplyTarget target = ApplyTarget.of("example.com/v1", null);
    String one = "apiVersion: example.com/v1\nkind: X\nspec: {a: {b: 1, c: [1]}, d: {}}\n";
    JsonObject live = apply(target, JsonObject.EMPTY, one, "one", 0);
    assertThat(managedFields(live))
        .contains(
            """
              fieldsV1:
                f:spec:
                  .: {}
                  f:a:
                    .: {}
                    f:b: {}
                    f:c: {}
                  f:d: {}
            """);
    assertThatThrownBy(() ->
            apply(
                target,
                live,
                "apiVersion: example.com/v1\nkind: X\nspec: {a: {c: [1, 2]}}\n",
                "two",
                1))
        .hasMessage("Apply failed with 1 conflict: conflict with \"one\": .spec.a.c");
  }

  @Test
  void configurationsThatDoNotFitAreRefused() {
    List<String[]> cases =
        List.of(
            new String[] {
              "apiVersion: v2\nkind: ConfigMap\n",
              "Incorrect version specified in apply patch. Specified patch version: v2, expected: v1"
            },
            new String[] {
              "apiVersion: v1\nkind: ConfigMap\nmetadata: {managedFields: []}\n",
              "metadata.managedFields must be nil"
            },
            new String[] {
              "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: ns}\nfoo: 1\n",
              "failed to create typed patch object (ns/x; /v1, Kind=ConfigMap): .foo: field not"
                  + " declared in schema"
            },
            new String[] {
              "apiVersion: v1\nkind: ConfigMap\nbar: 1\nfoo: 1\n",
              """
              failed to create typed patch object (/; /v1, Kind=ConfigMap): errors:
                .bar: field not declared in schema
                .foo: field not declared in schema\
              """
            },
            new String[] {
              "apiVersion: v1\nkind: ConfigMap\ndata: {a: 1}\n",
              "failed to create typed patch object (/; /v1, Kind=ConfigMap): .data.a: expected"
                  + " string, got 1"
            });
    for (String[] row : cases) {
      assertThatThrownBy(() -> apply(CONFIG_MAP, JsonObject.EMPTY, row[0], "kubectl", 0))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
          .hasMessage(row[1]);
    }
    assertThatThrownBy(() ->
            apply(
                DEPLOYMENT,
                JsonObject.EMPTY,
                "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers:"
                    + " [{name: a}, {name: a}, {image: x}]}}}\n",
                "kubectl",
                0))
        .hasMessageContaining(
            ".spec.template.spec.containers: duplicate entries for key [name=\"a\"]")
        .hasMessageContaining(
            ".spec.template.spec.containers: element 2: associative list with keys has an element"
                + " that omits key field \"name\"");
  }
}
