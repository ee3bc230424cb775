package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Lists: pages, selectors, moments, forms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListTest {
  private static final String ALL = "/api/v1/namespaces/n/configmaps";
  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
    for (int i = 0; i < 10; i++) {
      server.post(
          ALL,
          "{\"metadata\":{\"name\":\"c%d\",\"labels\":{\"odd\":\"%s\"}}}".formatted(i, i % 2 == 1));
    }
    server.post("/api/v1/namespaces/m/configmaps", "{\"metadata\":{\"name\":\"other\"}}");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static List<String> names(TestServer.Answer list) {
    return list.body().array("items").objects().map(ObjectMeta::name).toList();
  }

  @Test
  void pagesAreOfOneMomentEvenIfObjectsChange() {
    List<String> seen = new ArrayList<>();
    TestServer.Answer page = server.get(ALL + "?limit=4");
    String revision = page.resourceVersion();
    assertThat(page.metadata().number("remainingItemCount", 0)).isEqualTo(6);
    seen.addAll(names(page));
    server.post(ALL, "{\"metadata\":{\"name\":\"c55\"}}");
    while (page.metadata().has("continue")) {
      page = server.get(ALL + "?limit=4&continue=" + page.metadata().string("continue"));
      assertThat(page.status()).as(page.message()).isEqualTo(200);
      assertThat(page.resourceVersion()).isEqualTo(revision);
      seen.addAll(names(page));
    }
    server.delete(ALL + "/c55");
    assertThat(seen).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9");
    assertThat(page.metadata().has("remainingItemCount")).isFalse();
  }

  @Test
  void aTokenThatIsTooOldComesWithAnother() {
    TestServer.Answer page = server.get(ALL + "?limit=4");
    server.post(ALL, "{\"metadata\":{\"name\":\"z\"}}");
    server.delete(ALL + "/z");
    server.store.compact(server.store.revision());
    TestServer.Answer expired =
        server.get(ALL + "?limit=4&continue=" + page.metadata().string("continue"));
    assertThat(expired.status()).isEqualTo(410);
    assertThat(expired.reason()).isEqualTo("Expired");
    assertThat(expired.message()).startsWith("The provided continue parameter is too old");
    TestServer.Answer rest = server.get(ALL + "?continue=" + expired.metadata().string("continue"));
    assertThat(names(rest)).containsExactly("c4", "c5", "c6", "c7", "c8", "c9");
  }

  @Test
  void selects() {
    assertThat(names(server.get(ALL + "?labelSelector=odd%3Dtrue&limit=3")))
        .containsExactly("c1", "c3", "c5");
    assertThat(names(server.get(ALL + "?fieldSelector=metadata.name%3Dc7"))).containsExactly("c7");
    assertThat(names(server.get("/api/v1/configmaps?fieldSelector=metadata.namespace%3Dm")))
        .containsExactly("other");
  }

  @Test
  void aPastMomentCanBeRead() {
    TestServer.Answer before = server.get(ALL);
    server.post(ALL, "{\"metadata\":{\"name\":\"y\"}}");
    TestServer.Answer exact =
        server.get(ALL + "?resourceVersionMatch=Exact&resourceVersion=" + before.resourceVersion());
    assertThat(exact.resourceVersion()).isEqualTo(before.resourceVersion());
    assertThat(names(exact)).isEqualTo(names(before));
    assertThat(
            names(
                server.get(
                    ALL
                        + "?resourceVersionMatch=NotOlderThan&resourceVersion="
                        + before.resourceVersion())))
        .contains("y");
    server.delete(ALL + "/y");
  }

  @Test
  void isATableOrMetadataIfAsked() {
    TestServer.Answer table =
        server.send(
            server
                .request(ALL)
                .setHeader(
                    "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"));
    assertThat(table.body().string("kind")).isEqualTo("Table");
    assertThat(table.body().array("rows").size()).isEqualTo(10);
    assertThat(table.raw().headers().firstValue("content-type"))
        .contains("application/json;as=Table;g=meta.k8s.io;v=v1");
    JsonObject row = (JsonObject) table.body().array("rows").get(0);
    assertThat(row.object("object").string("kind")).isEqualTo("PartialObjectMetadata");
    TestServer.Answer partial =
        server.send(
            server
                .request(ALL)
                .setHeader(
                    "Accept", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"));
    assertThat(partial.body().string("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(partial.body().array("items").size()).isEqualTo(10);
  }

  @Test
  void isYamlOrProtobufIfAsked() {
    HttpResponse<byte[]> yaml =
        server.raw(server.request(ALL).setHeader("Accept", "application/yaml"));
    assertThat(new String(yaml.body(), StandardCharsets.UTF_8)).startsWith("apiVersion: v1\n");
    HttpResponse<byte[]> protobuf =
        server.raw(server.request(ALL).setHeader("Accept", "application/vnd.kubernetes.protobuf"));
    assertThat(protobuf.body()).startsWith('k', '8', 's', 0);
    TestServer.Answer none = server.send(server.request(ALL).setHeader("Accept", "text/html"));
    assertThat(none.status()).isEqualTo(406);
    assertThat(none.message())
        .isEqualTo(
            "only the following media types are accepted: application/json, application/yaml,"
                + " application/vnd.kubernetes.protobuf");
  }

  @Test
  void longListsAreStreamedWhole() throws IOException {
    String big = "/api/v1/namespaces/big/configmaps";
    for (int i = 0; i < 300; i++) {
      JsonObject object =
          JsonObject.of(
              "metadata",
              JsonObject.of("name", "big%03d".formatted(i)),
              "data",
              JsonObject.of("k", "x".repeat(3000)));
      server.registry.create(TestTypes.CONFIG_MAPS.apply(server), "big", object);
    }
    TestServer.Answer list = server.get(big);
    assertThat(list.body().array("items").size()).isEqualTo(300);
    HttpResponse<byte[]> zipped =
        server.raw(server.request(big).setHeader("Accept-Encoding", "gzip"));
    assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(zipped.body().length).isLessThan(100_000);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      JsonObject plain = (JsonObject) io.tiphys.model.json.Json.parse(in.readAllBytes());
      JsonArray items = plain.array("items");
      assertThat(items).isEqualTo(list.body().array("items"));
    }
  }

  @Test
  void deletesACollection() {
    String some = "/api/v1/namespaces/some/configmaps";
    for (String name : List.of("a", "b", "c")) {
      server.post(
          some, "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"n\":\"%s\"}}}".formatted(name, name));
    }
    TestServer.Answer gone = server.delete(some + "?labelSelector=n%20in%20(a,b)");
    assertThat(gone.status()).as(gone.message()).isEqualTo(200);
    assertThat(names(gone)).containsExactly("a", "b");
    assertThat(names(server.get(some))).containsExactly("c");
  }
}
