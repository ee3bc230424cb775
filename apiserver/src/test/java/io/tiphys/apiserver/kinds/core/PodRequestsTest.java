package io.tiphys.apiserver.kinds.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.catalog.BuiltInKinds;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.rest.TestServer;
import io.tiphys.model.json.JsonObject;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod's life as clients see it: over HTTP, with all kinds' behaviours. */
class PodRequestsTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"app": "web"}},
       "spec": {"containers": [{"name": "web", "image": "nginx"}]}}
      """;

  private final AtomicReference<StoredObjects> objects = new AtomicReference<>();
  private final TestServer server =
      new TestServer(
          TestServer.Setup.PLAIN.with(
              BuiltInKinds.behaviours(
                  () -> Objects.requireNonNull(objects.get()), InstantSource.system())));

  @BeforeEach
  void start() {
    objects.set(new StoredObjects(server.registry, server.catalog));
    server.post(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"default\"}}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fromCreationToDeletion() {
    TestServer.Answer created = server.post(PODS, POD);
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    assertThat(created.body().object("spec").string("restartPolicy")).isEqualTo("Always");
    assertThat(created.body().object("status").string("qosClass")).isEqualTo("BestEffort");

    String binding =
        "{\"apiVersion\":\"v1\",\"kind\":\"Binding\",\"metadata\":{\"name\":\"web\"},\"target\":"
            + "{\"kind\":\"Node\",\"name\":\"n1\"}}";
    TestServer.Answer bound = server.post(PODS + "/web/binding", binding);
    assertThat(bound.status()).as(bound.message()).isEqualTo(201);
    TestServer.Answer again = server.post(PODS + "/web/binding", binding);
    assertThat(again.status()).isEqualTo(409);
    assertThat(server.get(PODS + "/web").body().object("spec").string("nodeName")).isEqualTo("n1");

    TestServer.Answer running =
        server.patch(PODS + "/web/status", "merge", "{\"status\":{\"phase\":\"Running\"}}");
    assertThat(running.status()).as(running.message()).isEqualTo(200);
    assertThat(running.body().object("status").array("conditions").size()).isEqualTo(1);

    TestServer.Answer moved =
        server.patch(PODS + "/web", "merge", "{\"spec\":{\"nodeName\":\"n2\"}}");
    assertThat(moved.status()).isEqualTo(422);
    assertThat(moved.message())
        .startsWith("Pod \"web\" is invalid: spec: Forbidden: pod updates may not change fields");

    TestServer.Answer evicted =
        server.post(
            PODS + "/web/eviction",
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"web\"}}");
    assertThat(evicted.status()).as(evicted.message()).isEqualTo(201);
    TestServer.Answer leaving = server.get(PODS + "/web");
    assertThat(leaving.metadata().number("deletionGracePeriodSeconds", 0)).isEqualTo(30);
    assertThat(leaving.body().object("status").toString()).contains("EvictionByEvictionAPI");

    server.delete(PODS + "/web", "{\"gracePeriodSeconds\":0}");
    assertThat(server.get(PODS + "/web").status()).isEqualTo(404);
  }

  @Test
  void anUnscheduledPodGoesAtOnce() {
    server.post(PODS, POD);
    assertThat(server.delete(PODS + "/web").status()).isEqualTo(200);
    assertThat(server.get(PODS + "/web").status()).isEqualTo(404);
  }

  @Test
  void errorsNameTheField() {
    TestServer.Answer answer =
        server.post(
            PODS, POD.replace("\"image\": \"nginx\"", "\"ports\": [{\"containerPort\": 70000}]"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.message())
        .contains("spec.containers[0].image: Required value")
        .contains(
            "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and"
                + " 65535, inclusive");
  }

  @Test
  void aNamespaceWaitsForItsFinalizer() {
    server.post(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"team\"}}");
    server.delete("/api/v1/namespaces/team");
    TestServer.Answer leaving = server.get("/api/v1/namespaces/team");
    assertThat(leaving.body().object("status").string("phase")).isEqualTo("Terminating");
    TestServer.Answer done =
        server.put(
            "/api/v1/namespaces/team/finalize",
            leaving.body().with("spec", JsonObject.EMPTY).toString());
    assertThat(done.status()).as(done.message()).isEqualTo(200);
    assertThat(server.get("/api/v1/namespaces/team").status()).isEqualTo(404);
  }
}
