package io.tiphys.apiserver.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.WebSocket;
import io.tiphys.apiserver.http.client.ClientRequest;
import io.tiphys.apiserver.http.client.ClientResponse;
import io.tiphys.apiserver.http.client.Endpoint;
import io.tiphys.apiserver.http.client.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streaming subresources, from clients of both protocols through to a kubelet. */
@Timeout(30)
class StreamsTest {
  private static final String WEB = "/api/v1/namespaces/default/pods/web";
  private static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";
  @TempDir static Path directory;
  private static StreamsServer server;

  @BeforeAll
  static void start() {
    server = new StreamsServer(directory);
    server.pod("two", "n1", "a", "b");
    server.pod("waiting", "", "main");
    server.pod("lost", "n9", "main");
    server.pod("broken", "n1", "missing");
    server.pod("ended", "n1", "gone");
    server.node("down", 1);
    server.pod("unreachable", "down", "main");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ClientResponse ask(HttpConnection connection, String target, String... headers)
      throws IOException {
    String method = Headers.of(headers).first("sec-websocket-key") == null ? "POST" : "GET";
    return connection.send(
        new ClientRequest(
            method,
            target,
            Headers.of(headers).with("connection", "Upgrade").with("content-length", "0"),
            null));
  }

  private static HttpConnection connect() throws IOException {
    return HttpConnection.connect(
        Endpoint.plain("127.0.0.1", server.port()), Duration.ofSeconds(10));
  }

  private static SpdyConnection spdy(String target, String protocol) throws IOException {
    HttpConnection connection = connect();
    ClientResponse response =
        ask(connection, target, "upgrade", "SPDY/3.1", "x-stream-protocol-version", protocol);
    assertThat(response.status()).isEqualTo(101);
    assertThat(response.headers().first("x-stream-protocol-version")).isEqualTo(protocol);
    return SpdyConnection.client(connection.upgraded(response));
  }

  private static WebSocket webSocket(String target, String protocol) throws IOException {
    HttpConnection connection = connect();
    ClientResponse response =
        ask(
            connection,
            target,
            "upgrade",
            "websocket",
            "sec-websocket-key",
            "dGhlIHNhbXBsZSBub25jZQ==",
            "sec-websocket-version",
            "13",
            "sec-websocket-protocol",
            protocol);
    assertThat(response.status()).isEqualTo(101);
    assertThat(response.headers().first("sec-websocket-protocol")).isEqualTo(protocol);
    return WebSocket.client(connection.upgraded(response), protocol);
  }

  private static HttpResponse<String> get(String target) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + target);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static SpdyStream open(SpdyConnection spdy, String type) throws IOException {
    return spdy.open(Headers.of("streamtype", type));
  }

  private static String text(SpdyStream stream) throws IOException {
    return new String(stream.input().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void runsACommandOverSpdy() throws IOException {
    String target = WEB + "/exec?command=echo&command=a+b&command=c%26d&stdout=true&stderr=true";
    try (SpdyConnection spdy = spdy(target, "v4.channel.k8s.io")) {
      SpdyStream error = open(spdy, "error");
      SpdyStream out = open(spdy, "stdout");
      SpdyStream err = open(spdy, "stderr");
      assertThat(text(out)).isEqualTo("a b c&d\n");
      assertThat(text(err)).isEmpty();
      assertThat(text(error)).isEqualTo(SUCCESS);
    }
    assertThat(server.kubelet.requests())
        .contains(
            "/exec/default/web/main?output=1&error=1&command=echo&command=a%20b&command=c%26d");
  }

  @Test
  void carriesMuchInputToItsEndOverSpdy() throws IOException {
    String target = WEB + "/exec?command=cat&stdin=true&stdout=true";
    byte[] much = "0123456789abcdef".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
    try (SpdyConnection spdy = spdy(target, "v4.channel.k8s.io")) {
      SpdyStream error = open(spdy, "error");
      SpdyStream in = open(spdy, "stdin");
      SpdyStream out = open(spdy, "stdout");
      Thread.ofVirtual().start(() -> send(in, much));
      assertThat(out.input().readAllBytes()).isEqualTo(much);
      assertThat(text(error)).isEqualTo(SUCCESS);
    }
  }

  private static void send(SpdyStream stream, byte[] bytes) {
    try (var output = stream.output()) {
      for (int at = 0; at < bytes.length; at += 10_000) {
        output.write(bytes, at, Math.min(10_000, bytes.length - at));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Channel and content of what comes until the other side closes the connection. */
  private static String received(WebSocket socket) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Optional<WebSocket.Message> m = socket.receive(); m.isPresent(); m = socket.receive()) {
      byte[] bytes = m.get().bytes();
      String content = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
      all.append(bytes[0]).append(':').append(content.strip()).append(' ');
    }
    return all.toString().strip();
  }

  @ParameterizedTest
  @CsvSource({
    "v5.channel.k8s.io, command=echo&command=hi&stdout=1&stderr=1, '1: 1:hi'",
    "v5.channel.k8s.io, command=complain&stderr=1, '2: 2:complaint'",
    "v4.channel.k8s.io, command=echo&command=hi&stdout=1&stderr=1, '1:hi'",
    "v4.channel.k8s.io, command=complain&stderr=1, '2:complaint'",
  })
  void runsACommandOverWebSocket(String protocol, String query, String output) throws IOException {
    try (WebSocket socket = webSocket(WEB + "/exec?" + query, protocol)) {
      assertThat(received(socket)).isEqualTo(output + " 3:" + SUCCESS);
    }
  }

  @ParameterizedTest
  @CsvSource({"v5.channel.k8s.io", "v4.channel.k8s.io"})
  void tellsTheExitCode(String protocol) throws IOException {
    try (WebSocket socket = webSocket(WEB + "/exec?command=fail&stdout=1", protocol)) {
      assertThat(received(socket)).contains("3:").contains("\"ExitCode\",\"message\":\"3\"");
    }
  }

  @Test
  void endsInputAndResizesOverWebSocketV5() throws IOException {
    String target = WEB + "/attach?stdin=true&stdout=true";
    try (WebSocket socket = webSocket(target, "v5.channel.k8s.io")) {
      socket.sendBinary(new byte[] {0}, "in".getBytes(StandardCharsets.UTF_8));
      socket.sendBinary(new byte[] {0}, "put".getBytes(StandardCharsets.UTF_8));
      socket.sendBinary(new byte[] {(byte) 255, 0});
      assertThat(received(socket).replace(" 1:", "")).isEqualTo("1:input 3:" + SUCCESS);
    }
    String size = "{\"Width\":80,\"Height\":24}";
    try (WebSocket socket =
        webSocket(WEB + "/exec?command=size&stdout=1&tty=1", "v5.channel.k8s.io")) {
      socket.sendBinary(new byte[] {4}, size.getBytes(StandardCharsets.UTF_8));
      assertThat(received(socket)).isEqualTo("1: 1:" + size + " 3:" + SUCCESS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "broken, unable to upgrade connection: container not found",
    "unreachable, error dialing backend: dial tcp 127.0.0.1:1: connect: connection refused",
  })
  void tellsOnTheErrorChannelWhyThereIsNoCommand(String pod, String message) throws IOException {
    String target = WEB.replace("web", pod) + "/exec?command=echo&stdout=1";
    try (WebSocket socket = webSocket(target, "v5.channel.k8s.io")) {
      assertThat(received(socket)).startsWith("3:{").contains(message);
    }
  }

  @Test
  void forwardsPortsOverSpdy() throws IOException {
    try (SpdyConnection spdy = spdy(WEB + "/portforward", "portforward.k8s.io")) {
      forward(spdy);
    }
  }

  @Test
  void forwardsPortsThroughATunnel() throws IOException {
    WebSocket socket = webSocket(WEB + "/portforward", "SPDY/3.1+portforward.k8s.io");
    try (SpdyConnection spdy = SpdyConnection.client(new TunnelEnd(socket))) {
      forward(spdy);
    }
  }

  private static void forward(SpdyConnection spdy) throws IOException {
    for (int id = 0; id < 3; id++) {
      SpdyStream error = stream(spdy, "error", 80, id);
      SpdyStream data = stream(spdy, "data", 80, id);
      send(data, ("request " + id).getBytes(StandardCharsets.UTF_8));
      assertThat(text(data)).isEqualTo("request " + id);
      assertThat(text(error)).isEmpty();
    }
    SpdyStream error = stream(spdy, "error", 81, 9);
    stream(spdy, "data", 81, 9).output().close();
    assertThat(text(error)).isEqualTo("error forwarding port 81: connection refused");
  }

  private static SpdyStream stream(SpdyConnection spdy, String type, int port, int id)
      throws IOException {
    return spdy.open(
        Headers.of("streamtype", type, "port", "" + port, "requestid", Integer.toString(id)));
  }

  @Test
  void streamsLogs() throws Exception {
    HttpResponse<String> response =
        get(WEB + "/log?tailLines=2&follow=true&timestamps=false&limitBytes=100&sinceSeconds=5");
    assertThat(response.body()).isEqualTo("line 1\nline 2\n");
    assertThat(response.headers().firstValue("content-type")).contains("text/plain");
    assertThat(server.kubelet.requests())
        .contains(
            "/containerLogs/default/web/main?follow=true&sinceSeconds=5&tailLines=2&limitBytes=100");
    assertThat(get(WEB.replace("web", "two") + "/log?container=b").statusCode()).isEqualTo(200);
    assertThat(get(WEB.replace("web", "waiting") + "/log").body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none/log | 404 | pods \\\"none\\\" not found",
        "two/log | 400 | a container name must be specified for pod two, choose one of: [a b]",
        "two/log?container=c | 400 | container c is not valid for pod two",
        "two/exec?command=x | 400 | a container name must be specified for pod two",
        "web/exec?command=x | 400 | Upgrade request required",
        "waiting/exec?command=x | 400 | pod waiting does not have a host assigned",
        "waiting/portforward | 400 | pod waiting does not have a host assigned",
        "lost/log | 404 | nodes \\\"n9\\\" not found",
        "ended/log | 400 | container \\\"gone\\\" in pod \\\"web\\\" is terminated",
        "unreachable/log | 500 | dial tcp 127.0.0.1:1: connect: connection refused",
        "web/log?tailLines=-1 | 422 | tailLines: Invalid value: -1: must be greater than or equal to 0",
        "web/log?tailLines=x | 400 | strconv.ParseInt: parsing \\\"x\\\": invalid syntax",
        "web/log?limitBytes=0 | 422 | limitBytes: Invalid value: 0: must be greater than 0",
        "web/log?sinceSeconds=0 | 422 | sinceSeconds: Invalid value: 0: must be greater than 0",
        "web/log?sinceTime=yesterday | 400 | invalid sinceTime",
        "web/log?stream=Both | 422 | stream: Unsupported value: \\\"Both\\\"",
      })
  void saysWhatIsWrong(String target, int status, String message) throws Exception {
    HttpResponse<String> response = get(WEB.replace("web", "") + target);
    assertThat(response.body()).contains(message);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void proxiesNodes() throws Exception {
    assertThat(get("/api/v1/nodes/n1/proxy/healthz").body()).isEqualTo("ok");
    assertThat(get("/api/v1/nodes/n1/proxy/none?a=b").statusCode()).isEqualTo(404);
    assertThat(server.kubelet.requests()).contains("/none?a=b");
    assertThat(get("/api/v1/nodes/n9/proxy/healthz").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/nodes/down/proxy/healthz").body())
        .contains("error trying to reach service: dial tcp 127.0.0.1:1")
        .contains("\"code\":503");
    HttpResponse<String> redirect = get("/api/v1/nodes/n1/proxy?x=1");
    assertThat(redirect.statusCode()).isEqualTo(301);
    assertThat(redirect.headers().firstValue("location")).contains("/api/v1/nodes/n1/proxy/?x=1");
  }
}
