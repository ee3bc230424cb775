package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What watches see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WatchTest {
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

  private TestServer.Answer create(String namespace, String name) {
    return create(namespace, name, "{}");
  }

  private TestServer.Answer create(String namespace, String name, String labels) {
    return server.post(
        path(namespace), "{\"metadata\":{\"name\":\"%s\",\"labels\":%s}}".formatted(name, labels));
  }

  @Test
  void withoutRevisionBeginsWithWhatIsThere() {
    create("state", "b");
    create("state", "a");
    for (String query : List.of("?watch=1", "?watch=true&resourceVersion=0")) {
      try (TestWatch watch = server.watch(path("state") + query)) {
        assertThat(watch.next(2)).containsExactly("ADDED a", "ADDED b");
      }
    }
    try (TestWatch watch = server.watch("/api/v1/watch/namespaces/state/configmaps/a")) {
      assertThat(watch.next(1)).containsExactly("ADDED a");
      create("state", "c");
      server.delete(path("state") + "/a");
      assertThat(watch.next(1)).containsExactly("DELETED a");
    }
  }

  @Test
  void aDeletionCarriesTheLastStateAtItsOwnRevision() {
    TestServer.Answer created = create("gone", "a");
    try (TestWatch watch =
        server.watch(path("gone") + "?watch=1&resourceVersion=" + created.resourceVersion())) {
      server.delete(path("gone") + "/a");
      JsonObject event = watch.next();
      assertThat(event.string("type")).isEqualTo("DELETED");
      JsonObject metadata = event.object("object").object("metadata");
      assertThat(metadata.string("uid")).isEqualTo(created.metadata().string("uid"));
      assertThat(Long.parseLong(metadata.string("resourceVersion")))
          .isGreaterThan(Long.parseLong(created.resourceVersion()));
    }
  }

  @Test
  void objectsThatComeToMatchAreAddedAndThoseThatCeaseToAreDeleted() {
    TestServer.Answer first = create("labels", "a");
    try (TestWatch watch =
        server.watch(
            path("labels")
                + "?watch=1&labelSelector=x%3Dy&resourceVersion="
                + first.resourceVersion())) {
      String a = path("labels") + "/a";
      server.patch(a, "merge", "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
      server.patch(a, "merge", "{\"data\":{\"k\":\"v\"}}");
      TestServer.Answer last = server.patch(a, "merge", "{\"metadata\":{\"labels\":{\"x\":null}}}");
      create("labels", "b", "{\"x\":\"y\"}");
      assertThat(watch.next(2)).containsExactly("ADDED a", "MODIFIED a");
      JsonObject ceased = watch.next();
      assertThat(ceased.string("type")).isEqualTo("DELETED");
      JsonObject metadata = ceased.object("object").object("metadata");
      assertThat(metadata.object("labels").string("x")).isEqualTo("y");
      assertThat(metadata.string("resourceVersion")).isEqualTo(last.resourceVersion());
      assertThat(watch.next(1)).containsExactly("ADDED b");
    }
  }

  @Test
  void otherNamespacesDoNotShow() {
    TestServer.Answer first = create("here", "a");
    try (TestWatch watch =
        server.watch(path("here") + "?watch=1&resourceVersion=" + first.resourceVersion())) {
      create("here2", "no");
      create("here", "yes");
      assertThat(watch.next(1)).containsExactly("ADDED yes");
    }
  }

  @Test
  void endsWithABookmarkWhenItsTimeIsOver() {
    create("timed", "a");
    try (TestWatch watch =
        server.watch(path("timed") + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true")) {
      assertThat(watch.next(1)).containsExactly("ADDED a");
      JsonObject bookmark = watch.next();
      assertThat(bookmark.string("type")).isEqualTo("BOOKMARK");
      assertThat(bookmark.object("object").string("kind")).isEqualTo("ConfigMap");
      assertThat(watch.next()).isNull();
    }
  }

  @Test
  void marksTheEndOfTheInitialEvents() {
    create("initial", "a");
    try (TestWatch watch =
        server.watch(
            path("initial")
                + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true")) {
      assertThat(watch.next(1)).containsExactly("ADDED a");
      JsonObject end = watch.next();
      assertThat(end.string("type")).isEqualTo("BOOKMARK");
      assertThat(
              end.object("object")
                  .object("metadata")
                  .object("annotations")
                  .string("k8s.io/initial-events-end"))
          .isEqualTo("true");
      create("initial", "b");
      assertThat(watch.next(1)).containsExactly("ADDED b");
    }
  }

  @Test
  void aRevisionThatIsGoneIsAnErrorEvent() {
    TestServer.Answer first = create("old", "a");
    String a = path("old") + "/a";
    for (int i = 0; i < 9000; i++) {
      server.registry.update(TestTypes.CONFIG_MAPS.apply(server), "old", "a", "", count(i));
    }
    try (TestWatch watch =
        server.watch(path("old") + "?watch=1&resourceVersion=" + first.resourceVersion())) {
      assertThat(watch.response.statusCode()).isEqualTo(200);
      JsonObject event = watch.next();
      assertThat(event.string("type")).isEqualTo("ERROR");
      assertThat(event.object("object").number("code", 0)).isEqualTo(410);
      assertThat(event.object("object").string("reason")).isEqualTo("Expired");
      assertThat(event.object("object").string("message")).startsWith("too old resource version: ");
      assertThat(watch.next()).isNull();
    }
    server.delete(a);
  }

  private static java.util.function.UnaryOperator<JsonObject> count(int i) {
    return o -> o.with("data", JsonObject.of("i", Integer.toString(i)));
  }

  @Test
  void tablesNameTheirColumnsOnce() {
    create("table", "a");
    create("table", "b");
    try (TestWatch watch =
        server.watch(
            server
                .request(path("table") + "?watch=1")
                .setHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"))) {
      JsonObject first = watch.next().object("object");
      assertThat(first.string("kind")).isEqualTo("Table");
      assertThat(first.array("columnDefinitions").size()).isGreaterThan(1);
      assertThat(watch.next().object("object").array("columnDefinitions").isEmpty()).isTrue();
    }
  }
}
