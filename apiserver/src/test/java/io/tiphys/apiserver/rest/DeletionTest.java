package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Deleting what finalizers or a grace period hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeletionTest {
  private static final String CM = "/api/v1/namespaces/n/configmaps";
  private static final String PODS = "/api/v1/namespaces/n/pods";

  /** Pods as far as deletions see them. */
  private static final Strategy GRACEFUL =
      new Strategy() {
        @Override
        public long gracePeriodSeconds(JsonObject object, @Nullable Long asked) {
          return asked == null ? 30 : asked;
        }
      };

  private TestServer server;

  @BeforeAll
  void start() {
    server =
        new TestServer(
            TestServer.Setup.PLAIN.with(Behaviours.ofStrategies("", Map.of("pods", GRACEFUL))));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void create(String path, String name, String finalizers) {
    TestServer.Answer created =
        server.post(
            path,
            "{\"metadata\":{\"name\":\"%s\",\"finalizers\":%s},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"
                .formatted(name, finalizers));
    assertThat(created.status()).as(created.message()).isEqualTo(201);
  }

  @Test
  void finalizersHoldAnObjectUntilTheLastIsGone() {
    create(CM, "held", "[\"a/b\",\"c/d\"]");
    TestServer.Answer marked = server.delete(CM + "/held");
    assertThat(marked.status()).isEqualTo(200);
    assertThat(marked.body().string("kind")).isEqualTo("ConfigMap");
    assertThat(marked.metadata().string("deletionTimestamp")).isNotEmpty();
    assertThat(marked.metadata().number("deletionGracePeriodSeconds", -1)).isZero();

    TestServer.Answer again = server.delete(CM + "/held");
    assertThat(again.resourceVersion()).isEqualTo(marked.resourceVersion());

    TestServer.Answer more =
        server.patch(
            CM + "/held", "merge", "{\"metadata\":{\"finalizers\":[\"a/b\",\"c/d\",\"e/f\"]}}");
    assertThat(more.message())
        .contains(
            "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being"
                + " deleted, found new finalizers []string{\"e/f\"}");

    server.patch(CM + "/held", "merge", "{\"metadata\":{\"finalizers\":[\"c/d\"]}}");
    assertThat(server.get(CM + "/held").status()).isEqualTo(200);
    TestServer.Answer last =
        server.patch(CM + "/held", "merge", "{\"metadata\":{\"finalizers\":null}}");
    assertThat(last.status()).isEqualTo(200);
    assertThat(server.get(CM + "/held").status()).isEqualTo(404);
  }

  @Test
  void propagationPoliciesAreFinalizersForTheGarbageCollector() {
    create(CM, "orphaning", "[]");
    TestServer.Answer marked = server.delete(CM + "/orphaning?propagationPolicy=Orphan");
    assertThat(marked.metadata().array("finalizers").strings()).containsExactly("orphan");
    create(CM, "foreground", "[]");
    marked = server.delete(CM + "/foreground", "{\"propagationPolicy\":\"Foreground\"}");
    assertThat(marked.metadata().array("finalizers").strings())
        .containsExactly("foregroundDeletion");
    create(CM, "background", "[\"orphan\"]");
    marked = server.delete(CM + "/background", "{\"propagationPolicy\":\"Background\"}");
    assertThat(marked.body().string("status")).isEqualTo("Success");
    create(CM, "old", "[]");
    marked = server.delete(CM + "/old", "{\"orphanDependents\":true}");
    assertThat(marked.metadata().array("finalizers").strings()).containsExactly("orphan");
  }

  @Test
  void aGracePeriodCanOnlyBeShortened() {
    create(PODS, "p", "[]");
    TestServer.Answer marked = server.delete(PODS + "/p");
    assertThat(marked.status()).isEqualTo(200);
    assertThat(marked.metadata().number("deletionGracePeriodSeconds", 0)).isEqualTo(30);
    TestServer.Answer longer = server.delete(PODS + "/p?gracePeriodSeconds=60");
    assertThat(longer.resourceVersion()).isEqualTo(marked.resourceVersion());
    TestServer.Answer shorter = server.delete(PODS + "/p?gracePeriodSeconds=5");
    assertThat(shorter.metadata().number("deletionGracePeriodSeconds", 0)).isEqualTo(5);
    assertThat(shorter.metadata().string("deletionTimestamp"))
        .isLessThan(marked.metadata().string("deletionTimestamp"));
    TestServer.Answer gone = server.delete(PODS + "/p?gracePeriodSeconds=0");
    assertThat(gone.body().string("kind")).isEqualTo("Pod");
    assertThat(server.get(PODS + "/p").status()).isEqualTo(404);
  }

  @Test
  void aDryRunDeletesNothing() {
    create(CM, "dry", "[]");
    assertThat(server.delete(CM + "/dry?dryRun=All").body().string("status")).isEqualTo("Success");
    assertThat(server.delete(CM + "/dry", "{\"dryRun\":[\"All\"]}").status()).isEqualTo(200);
    assertThat(server.get(CM + "/dry").status()).isEqualTo(200);
  }
}
