package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Updates, patches, applies and what goes on around them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WritingTest {
  private static final String CM = "/api/v1/namespaces/n/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/n/deployments";
  private TestServer server;

  /** Marks what it sees and refuses what is called so. */
  private static final AdmissionPlugin MARKING =
      new AdmissionPlugin() {
        @Override
        public String name() {
          return "Marking";
        }

        @Override
        public boolean handles(AdmissionRequest request) {
          return request.namespace().equals("marked");
        }

        @Override
        public JsonObject mutate(AdmissionRequest request, JsonObject object) {
          return object.withAt(JsonString.of("yes"), "metadata", "annotations", "marked");
        }

        @Override
        public void validate(AdmissionRequest request) {
          if (request.name().equals("refused")) {
            throw ApiException.forbidden(
                request.type().resource().groupResource(), request.name(), "not here");
          }
        }
      };

  @BeforeAll
  void start() {
    server =
        new TestServer(
            TestServer.Setup.PLAIN
                .with(
                    Behaviours.ofStrategies(
                            "apps", Map.of("deployments/status", StatusStrategy.PLAIN))
                        .and(
                            Behaviours.ofActions(
                                Map.of(
                                    "subjectaccessreviews.authorization.k8s.io",
                                    call ->
                                        call.body()
                                            .withAt(JsonString.of("ok"), "status", "reason")))))
                .with(new AdmissionChain(List.of(MARKING))));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String deployment(String name, String more) {
    return """
    {"metadata":{"name":"%s"%s},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},
    "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
    """
        .formatted(name, more);
  }

  @Test
  void generationCountsChangesOfWhatIsWanted() {
    TestServer.Answer created = server.post(DEPLOYMENTS, deployment("gen", ""));
    assertThat(created.metadata().number("generation", 0)).isEqualTo(1);
    String path = DEPLOYMENTS + "/gen";
    TestServer.Answer labelled =
        server.patch(path, "merge", "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
    assertThat(labelled.metadata().number("generation", 0)).isEqualTo(1);
    TestServer.Answer scaled = server.patch(path, "strategic-merge", "{\"spec\":{\"replicas\":3}}");
    assertThat(scaled.metadata().number("generation", 0)).isEqualTo(2);
    TestServer.Answer annotated =
        server.patch(path, "merge", "{\"metadata\":{\"annotations\":{\"x\":\"y\"}}}");
    assertThat(annotated.metadata().number("generation", 0)).isEqualTo(3);
    TestServer.Answer status =
        server.patch(
            path + "/status", "merge", "{\"status\":{\"replicas\":3},\"spec\":{\"replicas\":9}}");
    assertThat(status.status()).as(status.message()).isEqualTo(200);
    assertThat(status.metadata().number("generation", 0)).isEqualTo(3);
    assertThat(status.body().object("status").number("replicas", 0)).isEqualTo(3);
    assertThat(status.body().object("spec").number("replicas", 0)).isEqualTo(3);
  }

  @Test
  void scalesThroughTheSubresource() {
    server.post(DEPLOYMENTS, deployment("scaled", ""));
    String path = DEPLOYMENTS + "/scaled/scale";
    TestServer.Answer scale = server.get(path);
    assertThat(scale.body().string("kind")).isEqualTo("Scale");
    assertThat(scale.body().object("spec").number("replicas", 0)).isEqualTo(2);
    assertThat(scale.body().object("status").string("selector")).isEqualTo("a=b");
    JsonObject wanted = scale.body().with("spec", JsonObject.of("replicas", 5));
    TestServer.Answer put = server.put(path, wanted.toString());
    assertThat(put.status()).as(put.message()).isEqualTo(200);
    assertThat(put.body().object("spec").number("replicas", 0)).isEqualTo(5);
    assertThat(server.put(path, wanted.toString()).status()).isEqualTo(409);
    TestServer.Answer patched = server.patch(path, "merge", "{\"spec\":{\"replicas\":7}}");
    assertThat(patched.body().object("spec").number("replicas", 0)).isEqualTo(7);
    assertThat(server.get(DEPLOYMENTS + "/scaled").metadata().number("generation", 0)).isEqualTo(3);
  }

  @Test
  void aScaleCanBeApplied() {
    server.post(DEPLOYMENTS + "?fieldManager=one", deployment("sized", ""));
    String path = DEPLOYMENTS + "/sized/scale?fieldManager=two";
    String scale =
        "apiVersion: autoscaling/v1\nkind: Scale\nmetadata: {name: sized}\nspec: {replicas: 4}\n";
    TestServer.Answer contested = server.patch(path, "apply", scale);
    assertThat(contested.status()).isEqualTo(409);
    assertThat(contested.message()).contains("conflict with \"one\"", ".spec.replicas");
    TestServer.Answer forced = server.patch(path + "&force=true", "apply", scale);
    assertThat(forced.status()).as(forced.message()).isEqualTo(200);
    assertThat(forced.body().string("kind")).isEqualTo("Scale");
    assertThat(forced.body().object("spec").number("replicas", 0)).isEqualTo(4);
    assertThat(server.get(DEPLOYMENTS + "/sized").metadata().array("managedFields").toString())
        .contains("\"manager\":\"two\"", "\"subresource\":\"scale\"");
  }

  @Test
  void aScaleOfAnOldVersionIsOfThatVersion() {
    server.post(DEPLOYMENTS, deployment("aged", ""));
    for (String version : List.of("extensions/v1beta1", "apps/v1beta1", "apps/v1beta2")) {
      String path = "/apis/" + version + "/namespaces/n/deployments/aged/scale";
      TestServer.Answer scale = server.get(path);
      assertThat(scale.body().string("apiVersion")).isEqualTo(version);
      assertThat(scale.body().object("status").object("selector").string("a")).isEqualTo("b");
      assertThat(scale.body().object("status").string("targetSelector")).isEqualTo("a=b");
      long wanted = scale.body().object("spec").number("replicas", 0) + 1;
      TestServer.Answer put =
          server.put(path, scale.body().with("spec", JsonObject.of("replicas", wanted)).toString());
      assertThat(put.status()).as(put.message()).isEqualTo(200);
      assertThat(put.body().object("spec").number("replicas", 0)).isEqualTo(wanted);
    }
  }

  @Test
  void everyUseOfEndpointsWarns() {
    String path = "/api/v1/namespaces/n/endpoints";
    String warning =
        "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"";
    TestServer.Answer created = server.post(path, "{\"metadata\":{\"name\":\"e\"}}");
    assertThat(created.raw().headers().allValues("warning")).containsExactly(warning);
    for (String read : List.of(path, path + "/e")) {
      assertThat(server.get(read).raw().headers().allValues("warning")).containsExactly(warning);
    }
    assertThat(server.get("/api/v1/namespaces/n/services").raw().headers().allValues("warning"))
        .isEmpty();
  }

  @Test
  void appliesAndNamesTheOwnersOfContestedFields() {
    String path = CM + "/applied?fieldManager=";
    String config =
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: applied\ndata:\n  k: v\n  l: w\n";
    TestServer.Answer created = server.patch(path + "one", "apply", config);
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    TestServer.Answer same = server.patch(path + "one", "apply", config);
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.resourceVersion()).isEqualTo(created.resourceVersion());

    TestServer.Answer contested =
        server.patch(path + "two", "apply", config.replace("k: v", "k: other"));
    assertThat(contested.status()).isEqualTo(409);
    assertThat(contested.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.k");
    TestServer.Answer forced =
        server.patch(path + "two&force=true", "apply", config.replace("k: v", "k: other"));
    assertThat(forced.body().object("data").string("k")).isEqualTo("other");
    TestServer.Answer given = server.patch(path + "one", "apply", config.replace("  k: v\n", ""));
    assertThat(given.body().object("data").keys()).containsExactly("k", "l");
    TestServer.Answer updated =
        server.patch(CM + "/applied?fieldManager=three", "merge", "{\"data\":{\"m\":\"1\"}}");
    assertThat(updated.metadata().array("managedFields").objects().map(m -> m.string("manager")))
        .containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void aDryRunWritesNothing() {
    TestServer.Answer dry = server.post(CM + "?dryRun=All", "{\"metadata\":{\"name\":\"dry\"}}");
    assertThat(dry.status()).isEqualTo(201);
    assertThat(server.get(CM + "/dry").status()).isEqualTo(404);
    server.post(CM, "{\"metadata\":{\"name\":\"dry\"}}");
    assertThat(server.post(CM + "?dryRun=All", "{\"metadata\":{\"name\":\"dry\"}}").reason())
        .isEqualTo("AlreadyExists");
    TestServer.Answer patched =
        server.patch(CM + "/dry?dryRun=All", "merge", "{\"data\":{\"k\":\"v\"}}");
    assertThat(patched.body().object("data").string("k")).isEqualTo("v");
    assertThat(server.get(CM + "/dry").body().has("data")).isFalse();
  }

  @Test
  void warnsOfUnknownFieldsAndOldVersions() {
    TestServer.Answer warned =
        server.post(CM, "{\"metadata\":{\"name\":\"warned\",\"x\":1},\"y\":{}}");
    assertThat(warned.status()).isEqualTo(201);
    assertThat(warned.raw().headers().allValues("warning"))
        .containsExactlyInAnyOrder(
            "299 - \"unknown field \\\"metadata.x\\\"\"", "299 - \"unknown field \\\"y\\\"\"");
    TestServer.Answer ignored =
        server.post(
            CM + "?fieldValidation=Ignore", "{\"metadata\":{\"name\":\"ignored\",\"x\":1}}");
    assertThat(ignored.raw().headers().allValues("warning")).isEmpty();

    String old = "/apis/extensions/v1beta1/namespaces/n/deployments";
    TestServer.Answer created = server.post(old, deployment("old", ""));
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    assertThat(created.body().string("apiVersion")).isEqualTo("extensions/v1beta1");
    assertThat(created.raw().headers().firstValue("warning").orElse(""))
        .contains("extensions/v1beta1 Deployment is deprecated in v1.");
    assertThat(server.get(DEPLOYMENTS + "/old").body().string("apiVersion")).isEqualTo("apps/v1");
  }

  @Test
  void admissionChangesAndRefuses() {
    String marked = "/api/v1/namespaces/marked/configmaps";
    TestServer.Answer created = server.post(marked, "{\"metadata\":{\"name\":\"a\"}}");
    assertThat(created.metadata().object("annotations").string("marked")).isEqualTo("yes");
    TestServer.Answer refused = server.post(marked, "{\"metadata\":{\"name\":\"refused\"}}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message()).isEqualTo("configmaps \"refused\" is forbidden: not here");
  }

  @Test
  void reviewsAreComputed() {
    TestServer.Answer review =
        server.post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews", "{\"spec\":{\"user\":\"u\"}}");
    assertThat(review.status()).as(review.message()).isEqualTo(201);
    assertThat(review.body().object("status").string("reason")).isEqualTo("ok");
    assertThat(server.get("/apis/authorization.k8s.io/v1/subjectaccessreviews").status())
        .isEqualTo(405);
  }

  @Test
  void concurrentPatchesAllArrive() throws Exception {
    server.post(CM, "{\"metadata\":{\"name\":\"busy\"}}");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String patch = "{\"data\":{\"k%d\":\"v\"}}".formatted(i);
        answers.add(threads.submit(() -> server.patch(CM + "/busy", "merge", patch).status()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(server.get(CM + "/busy").body().object("data").size()).isEqualTo(64);
  }
}
