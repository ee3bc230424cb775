package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The life of an object, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ResourceLifecycleTest {
  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static String path(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  @Test
  void createsGetsUpdatesAndDeletes() {
    String all = path("life");
    TestServer.Answer created =
        server.post(all, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    assertThat(created.body().string("kind")).isEqualTo("ConfigMap");
    assertThat(created.metadata().string("uid")).hasSize(36);
    assertThat(created.metadata().string("namespace")).isEqualTo("life");
    assertThat(created.metadata().string("creationTimestamp")).endsWith("Z");

    TestServer.Answer got = server.get(all + "/a");
    assertThat(got.body()).isEqualTo(created.body());
    assertThat(got.raw().headers().firstValue("cache-control")).contains("no-cache, private");

    JsonObject changed = got.body().withAt(JsonObject.of("k", "w"), "data");
    TestServer.Answer updated = server.put(all + "/a", changed.toString());
    assertThat(updated.status()).as(updated.message()).isEqualTo(200);
    assertThat(updated.resourceVersion()).isNotEqualTo(created.resourceVersion());
    assertThat(updated.metadata().string("uid")).isEqualTo(created.metadata().string("uid"));

    TestServer.Answer stale = server.put(all + "/a", changed.toString());
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.message())
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified;"
                + " please apply your changes to the latest version and try again");

    TestServer.Answer deleted = server.delete(all + "/a");
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.body().string("status")).isEqualTo("Success");
    assertThat(deleted.body().object("details").string("name")).isEqualTo("a");
    assertThat(server.get(all + "/a").message()).isEqualTo("configmaps \"a\" not found");
  }

  @Test
  void anUpdateThatChangesNothingIsNotWritten() {
    TestServer.Answer created =
        server.post(path("same"), "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
    TestServer.Answer updated = server.put(path("same") + "/a", created.body().toString());
    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.resourceVersion()).isEqualTo(created.resourceVersion());
  }

  @Test
  void generatesNames() {
    TestServer.Answer a = server.post(path("gen"), "{\"metadata\":{\"generateName\":\"x-\"}}");
    assertThat(a.status()).as(a.message()).isEqualTo(201);
    assertThat(a.name()).matches("x-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  @Test
  void listsAndWatches() {
    String all = path("watched");
    server.post(all, "{\"metadata\":{\"name\":\"a\"}}");
    server.post(all, "{\"metadata\":{\"name\":\"b\"}}");
    TestServer.Answer list = server.get(all);
    assertThat(list.body().string("kind")).isEqualTo("ConfigMapList");
    assertThat(list.body().array("items").size()).isEqualTo(2);
    try (TestWatch watch =
        server.watch(all + "?watch=1&resourceVersion=" + list.resourceVersion())) {
      server.post(all, "{\"metadata\":{\"name\":\"c\"}}");
      server.patch(all + "/a", "merge", "{\"data\":{\"k\":\"v\"}}");
      server.delete(all + "/b");
      assertThat(watch.next(3)).containsExactly("ADDED c", "MODIFIED a", "DELETED b");
    }
  }
}
