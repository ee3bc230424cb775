package io.tiphys.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/1.1 as clients should not, or seldom do, speak it. */
class Http1AbuseTest {
  private static final String HOST = "Host: x\r\n";
  private static HttpServer server;

  @BeforeAll
  static void start() {
    server = start(HttpLimits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpServer start(HttpLimits limits) {
    return HttpServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        null,
        limits,
        new EchoHandler());
  }

  static Stream<Arguments> refusedRequests() {
    return Stream.of(
        refused("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
        refused("two Hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n", 400),
        refused("no HTTP at all", "\u0016\u0003\u0001\u0002\r\n\r\n", 400),
        refused("no version", "GET /\r\n\r\n", 400),
        refused("HTTP/3", "GET / HTTP/3.0\r\n" + HOST + "\r\n", 400),
        refused("relative target", "GET pods HTTP/1.1\r\n" + HOST + "\r\n", 400),
        refused("empty header name", "GET / HTTP/1.1\r\n" + HOST + ": x\r\n\r\n", 400),
        refused("space in header name", "GET / HTTP/1.1\r\n" + HOST + "A B: x\r\n\r\n", 400),
        refused("space before colon", "GET / HTTP/1.1\r\n" + HOST + "A : x\r\n\r\n", 400),
        refused("NUL in a header", "GET / HTTP/1.1\r\n" + HOST + "A: \0\r\n\r\n", 400),
        refused("bare CR in a header", "GET / HTTP/1.1\r\n" + HOST + "A: a\rb\r\n\r\n", 400),
        refused("two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "x"), 400),
        refused("negative length", post("Content-Length: -1\r\n", ""), 400),
        refused("length in hex", post("Content-Length: 0x1\r\n", "x"), 400),
        refused("length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", ""), 400),
        refused(
            "length and chunks",
            post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400),
        refused("bad chunk size", post("Transfer-Encoding: chunked\r\n", "xyz\r\n"), 400),
        refused("negative chunk size", post("Transfer-Encoding: chunked\r\n", "-1\r\n"), 400),
        refused("unknown coding", post("Transfer-Encoding: zip\r\n", "x"), 400),
        refused("TRACE", "TRACE / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n", 405),
        refused(
            "headers too long",
            "GET / HTTP/1.1\r\n" + HOST + "A: " + "x".repeat(1_100_000) + "\r\n\r\n",
            431),
        refused("target too long", "GET /" + "x".repeat(1_100_000) + " HTTP/1.1\r\n", 431),
        refused("too long by its own account", post("Content-Length: 3145729\r\n", "x"), 413),
        refused(
            "too long in chunks",
            post("Transfer-Encoding: chunked\r\n", "300001\r\n" + "x".repeat(0x300001)),
            413));
  }

  private static Arguments refused(String what, String request, int status) {
    return Arguments.of(what, request, status);
  }

  private static String post(String headers, String body) {
    return "POST /body HTTP/1.1\r\n" + HOST + headers + "\r\n" + body;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedRequests")
  void refusesAndCloses(String what, String request, int status) throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send(request);
      assertThat(client.readAll()).startsWith("HTTP/1.1 " + status + " ").contains("close\r\n");
    }
    try (RawClient next = new RawClient(server.address())) {
      next.send("GET /next HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(next.readUntil("x=")).contains("GET /next? h1");
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        requests.append("GET /thread HTTP/1.1\r\n" + HOST + "\r\n");
        requests.append("POST /body HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nno");
        requests.append(String.format("%03d", i));
        requests.append("HEAD /large HTTP/1.1\r\n" + HOST + "\r\n");
      }
      client.send(requests + "GET /end HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      String answers = client.readAll();
      int at = 0;
      for (int i = 0; i < 200; i++) {
        at = answers.indexOf("request-", at);
        assertThat(at).isPositive();
        at = answers.indexOf("\r\n\r\n" + String.format("no%03d", i) + "HTTP/1.1 200", at);
        assertThat(at).isPositive();
      }
      assertThat(answers).endsWith("GET /end? h1 x=");
    }
  }

  @Test
  void speaksHttp10() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /stream HTTP/1.0\r\n\r\n");
      String answer = client.readAll();
      assertThat(answer).doesNotContain("chunked").contains("\r\n\r\n0\n1\n").endsWith("999\n");
    }
    try (RawClient client = new RawClient(server.address())) {
      client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.readUntil("x=")).contains("connection: keep-alive");
      client.send("GET /b HTTP/1.0\r\n\r\n");
      assertThat(client.readAll()).endsWith("GET /b? h1 x=");
    }
  }

  @Test
  void ignoresAnUpgradeToHttp2InTheClear() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n";
      client.send("GET /a HTTP/1.1\r\n" + HOST + upgrade + "\r\n");
      assertThat(client.readUntil("x=")).startsWith("HTTP/1.1 200");
      client.send("GET /b HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(client.readUntil("x=")).contains("GET /b? h1");
    }
  }

  @Test
  void saysContinueOnlyToWhatItWillTake() throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send(post("Expect: 100-continue\r\nContent-Length: 2\r\n", ""));
      client.readUntil("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("ok");
      assertThat(client.readUntil("\r\n\r\nok")).startsWith("HTTP/1.1 200");
      client.send(post("Expect: 100-continue\r\nContent-Length: 4000000\r\n", ""));
      assertThat(client.readAll()).startsWith("HTTP/1.1 413 Request Entity Too Large");
    }
  }

  @Test
  void closesConnectionsOfSlowAndSilentClients() throws IOException {
    Duration soon = Duration.ofMillis(200);
    Duration never = Duration.ofMinutes(10);
    try (HttpServer impatient = start(HttpLimits.DEFAULT.withTimes(soon, never, never));
        RawClient silent = new RawClient(impatient.address());
        RawClient slow = new RawClient(impatient.address())) {
      slow.send("GET / HTTP/1.1\r\nHost:");
      assertThat(silent.readAll()).isEmpty();
      assertThat(slow.readAll()).isEmpty();
    }
    try (HttpServer impatient = start(HttpLimits.DEFAULT.withTimes(never, soon, never));
        RawClient slow = new RawClient(impatient.address())) {
      slow.send(post("Content-Length: 10\r\n", "123"));
      assertThat(slow.readAll()).isEmpty();
    }
    try (HttpServer impatient = start(HttpLimits.DEFAULT.withTimes(never, never, soon));
        RawClient idle = new RawClient(impatient.address())) {
      idle.send("GET / HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(idle.readAll()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void refusesConnectionsBeyondTheLimit() throws IOException {
    try (HttpServer small = start(HttpLimits.DEFAULT.withConnections(1));
        RawClient first = new RawClient(small.address())) {
      first.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").readUntil("x=");
      try (RawClient second = new RawClient(small.address())) {
        assertThat(second.readAll()).isEmpty();
      }
      first.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").readUntil("x=");
    }
  }
}
