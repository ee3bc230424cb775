package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who owns which field, whatever version was spoken, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FieldOwnersTest {
  private static final String V1 = "/apis/autoscaling/v1/namespaces/n/horizontalpodautoscalers";
  private static final String V2 = "/apis/autoscaling/v2/namespaces/n/horizontalpodautoscalers";
  private static final String OLD = "/apis/extensions/v1beta1/namespaces/n/deployments";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/n/deployments";

  private static final AdmissionPlugin LABELLING =
      new AdmissionPlugin() {
        @Override
        public String name() {
          return "Labelling";
        }

        @Override
        public boolean handles(AdmissionRequest request) {
          return request.namespace().equals("labelled");
        }

        @Override
        public JsonObject mutate(AdmissionRequest request, JsonObject object) {
          return object.withAt(JsonString.of("yes"), "metadata", "labels", "admitted");
        }
      };

  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer(TestServer.Setup.PLAIN.with(new AdmissionChain(List.of(LABELLING))));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static JsonObject owner(TestServer.Answer answer, String manager) {
    return answer
        .metadata()
        .array("managedFields")
        .objects()
        .filter(m -> m.string("manager").equals(manager))
        .findFirst()
        .orElseThrow();
  }

  private static String autoscaler(String name, int percent) {
    return """
    apiVersion: autoscaling/v1
    kind: HorizontalPodAutoscaler
    metadata: {name: %s}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}
      maxReplicas: 5
      targetCPUUtilizationPercentage: %d
    """
        .formatted(name, percent);
  }

  @Test
  void anApplyIsRecordedInItsOwnVersion() {
    TestServer.Answer created =
        server.patch(V1 + "/h?fieldManager=one", "apply", autoscaler("h", 50));
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    TestServer.Answer stored = server.get(V2 + "/h");
    JsonObject one = owner(stored, "one");
    assertThat(one.string("apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(one.object("fieldsV1").object("f:spec").keys())
        .containsExactlyInAnyOrder(
            "f:maxReplicas", "f:scaleTargetRef", "f:targetCPUUtilizationPercentage");
    TestServer.Answer same = server.patch(V1 + "/h?fieldManager=one", "apply", autoscaler("h", 50));
    assertThat(same.resourceVersion()).isEqualTo(created.resourceVersion());

    String other =
        """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: h}
        spec:
          metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
        """;
    TestServer.Answer contested = server.patch(V2 + "/h?fieldManager=two", "apply", other);
    assertThat(contested.status()).isEqualTo(409);
    assertThat(contested.message())
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"one\":"
                + " .spec.targetCPUUtilizationPercentage");
    TestServer.Answer forced = server.patch(V2 + "/h?fieldManager=two&force=true", "apply", other);
    assertThat(forced.status()).as(forced.message()).isEqualTo(200);
    assertThat(owner(forced, "one").object("fieldsV1").object("f:spec").keys())
        .containsExactlyInAnyOrder("f:maxReplicas", "f:scaleTargetRef");
    assertThat(owner(forced, "two").string("apiVersion")).isEqualTo("autoscaling/v2");
  }

  @Test
  void anUpdateInAnotherVersionTakesWhatItChanges() {
    server.patch(V1 + "/u?fieldManager=one", "apply", autoscaler("u", 50));
    TestServer.Answer patched =
        server.patch(V1 + "/u?fieldManager=three", "merge", "{\"spec\":{\"minReplicas\":2}}");
    assertThat(owner(patched, "three").string("apiVersion")).isEqualTo("autoscaling/v1");
    TestServer.Answer changed =
        server.patch(
            V2 + "/u?fieldManager=four",
            "merge",
            "{\"spec\":{\"maxReplicas\":9,\"minReplicas\":3}}");
    assertThat(owner(changed, "one").object("fieldsV1").object("f:spec").keys())
        .containsExactlyInAnyOrder("f:scaleTargetRef", "f:targetCPUUtilizationPercentage");
    assertThat(changed.metadata().array("managedFields").objects().map(m -> m.string("manager")))
        .containsExactlyInAnyOrder("one", "four");
  }

  @Test
  void whatAnOlderVersionGivesUpGoesBackToItsDefault() {
    String config =
        """
        apiVersion: extensions/v1beta1
        kind: Deployment
        metadata: {name: d}
        spec:
          revisionHistoryLimit: 7
          template:
            metadata: {labels: {a: b}}
            spec: {containers: [{name: c, image: i}]}
        """;
    TestServer.Answer created = server.patch(OLD + "/d?fieldManager=one", "apply", config);
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    assertThat(owner(created, "one").object("fieldsV1").object("f:spec").keys())
        .containsExactlyInAnyOrder("f:revisionHistoryLimit", "f:template");
    server.patch(
        DEPLOYMENTS + "/d?fieldManager=two",
        "apply",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 3}\n");
    TestServer.Answer given =
        server.patch(
            OLD + "/d?fieldManager=one",
            "apply",
            config.replace("  revisionHistoryLimit: 7\n", ""));
    assertThat(given.status()).as(given.message()).isEqualTo(200);
    assertThat(given.body().object("spec").number("revisionHistoryLimit", 0))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(given.body().object("spec").number("replicas", 0)).isEqualTo(3);
    assertThat(owner(given, "two").string("apiVersion")).isEqualTo("apps/v1");
  }

  @Test
  void whatAdmissionChangesIsNobodys() {
    String path = "/api/v1/namespaces/labelled/configmaps";
    TestServer.Answer created =
        server.post(
            path + "?fieldManager=one", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
    assertThat(created.metadata().object("labels").string("admitted")).isEqualTo("yes");
    assertThat(owner(created, "one").object("fieldsV1").keys()).containsExactly("f:data");
    TestServer.Answer applied =
        server.patch(
            path + "/a?fieldManager=two",
            "apply",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {l: w}\n");
    assertThat(owner(applied, "two").object("fieldsV1").keys()).containsExactly("f:data");
    JsonArray all = applied.metadata().array("managedFields");
    assertThat(all.toString()).doesNotContain("admitted");
  }
}
