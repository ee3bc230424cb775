package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.proto.Protobuf;
import io.tiphys.model.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata and tables for clients that speak protobuf, as upstream's metadata informers do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProtobufViewsTest {
  private static final String CM = "/api/v1/namespaces/n/configmaps";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final Protobuf CODEC = new Protobuf(Schema.kubernetes());
  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
    server.post(CM, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<byte[]> get(String path, String as) {
    return server.raw(
        server.request(path).setHeader("Accept", PROTOBUF + ";as=" + as + ";g=meta.k8s.io;v=v1"));
  }

  @Test
  void metadataOfAListAndOfOneObject() {
    HttpResponse<byte[]> list = get(CM, "PartialObjectMetadataList");
    assertThat(list.statusCode()).isEqualTo(200);
    JsonObject tree = CODEC.decode(list.body());
    assertThat(tree.string("apiVersion")).isEqualTo("meta.k8s.io/v1");
    assertThat(tree.string("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(tree.array("items").objects().map(o -> o.object("metadata").string("name")))
        .containsExactly("a");
    JsonObject one = CODEC.decode(get(CM + "/a", "PartialObjectMetadata").body());
    assertThat(one.string("kind")).isEqualTo("PartialObjectMetadata");
    assertThat(one.has("data")).isFalse();
  }

  @Test
  void metadataOfAWatchWithItsBookmark() throws IOException {
    HttpResponse<byte[]> watch =
        get(
            CM
                + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
                + "&resourceVersionMatch=NotOlderThan&timeoutSeconds=1",
            "PartialObjectMetadata");
    assertThat(watch.statusCode()).isEqualTo(200);
    List<String> seen = new ArrayList<>();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(watch.body()));
    while (in.available() > 0 && seen.size() < 2) {
      byte[] frame = in.readNBytes(in.readInt());
      String text = new String(frame, StandardCharsets.ISO_8859_1);
      byte[] object = text.substring(text.indexOf("k8s\0")).getBytes(StandardCharsets.ISO_8859_1);
      JsonObject tree = CODEC.decode(object);
      seen.add(
          text.substring(2, 2 + frame[1])
              + " "
              + tree.string("kind")
              + " "
              + tree.object("metadata").string("name")
              + tree.object("metadata").object("annotations").string("k8s.io/initial-events-end"));
    }
    assertThat(seen)
        .containsExactly("ADDED PartialObjectMetadata a", "BOOKMARK PartialObjectMetadata true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?watch=true&timeoutSeconds=1"})
  void thereAreNoTablesInProtobuf(String query) {
    assertThat(get(CM + query, "Table").statusCode()).isEqualTo(406);
  }
}
