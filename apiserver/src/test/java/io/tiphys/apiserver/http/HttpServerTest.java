package io.tiphys.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same exchanges over HTTP/1.1 and HTTP/2, with the JDK's client. */
class HttpServerTest {
  @TempDir static Path directory;
  private static TestAuthority authority;
  private static HttpServer server;

  @BeforeAll
  static void start() {
    authority = new TestAuthority("test-ca");
    TlsFiles tls = authority.files(directory, authority.issue("server"));
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            tls,
            HttpLimits.DEFAULT,
            new EchoHandler());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).sslContext(authority.client(null)).build();
  }

  private static HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(
        URI.create("https://127.0.0.1:" + server.address().getPort() + pathAndQuery));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void answersOverBothVersions(HttpClient.Version version) {
    try (HttpClient client = client(version)) {
      HttpResponse<String> response =
          send(client, request("/a%2Fb?x=1&y").header("X-Value", "1").build());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.version()).isEqualTo(version);
      assertThat(response.body())
          .isEqualTo(
              "GET /a%2Fb?x=1&y " + (version == HttpClient.Version.HTTP_2 ? "h2" : "h1") + " x=1");
      assertThat(response.headers().firstValue("date")).isPresent();
      assertThat(response.headers().firstValue("content-length"))
          .contains(Integer.toString(response.body().length()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void carriesBodiesBothWays(HttpClient.Version version) {
    String body = "x".repeat(2_000_000);
    try (HttpClient client = client(version)) {
      HttpRequest sized = request("/body").POST(BodyPublishers.ofString(body)).build();
      assertThat(send(client, sized).body()).isEqualTo(body);
      HttpRequest chunked =
          request("/body")
              .POST(
                  BodyPublishers.ofInputStream(() ->
                      new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
              .build();
      assertThat(send(client, chunked).body()).isEqualTo(body);
      HttpRequest waits =
          request("/body").expectContinue(true).POST(BodyPublishers.ofString(body)).build();
      assertThat(send(client, waits).body()).isEqualTo(body);
      assertThat(send(client, request("/large").build()).body()).hasSize(5_000_000);
      assertThat(send(client, request("/thread").build()).body()).startsWith("request-");
      HttpRequest upload =
          request("/upload").POST(BodyPublishers.ofByteArray(new byte[20_000_000])).build();
      assertThat(send(client, upload).body()).isEqualTo("bytes: 20000000");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void streams(HttpClient.Version version) {
    String lines = IntStream.range(0, 1000).mapToObj(i -> i + "\n").collect(Collectors.joining());
    try (HttpClient client = client(version)) {
      assertThat(send(client, request("/stream").build()).body()).isEqualTo(lines);
      assertThatThrownBy(() -> send(client, request("/broken").build()))
          .hasRootCauseInstanceOf(IOException.class);
      assertThat(send(client, request("/stream").build()).body()).isEqualTo(lines);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void answersHeadWithoutBody(HttpClient.Version version) {
    try (HttpClient client = client(version)) {
      for (String path : new String[] {"/x", "/stream", "/large"}) {
        HttpResponse<String> response = send(client, request(path).HEAD().build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void refusesWhatIsTooLong(HttpClient.Version version) {
    try (HttpClient client = client(version)) {
      HttpResponse<String> response =
          send(
              client,
              request("/body").POST(BodyPublishers.ofByteArray(new byte[3_145_729])).build());
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body())
          .contains("Request entity too large: limit is 3145728")
          .contains("RequestEntityTooLarge");
      assertThat(send(client, request("/body").POST(BodyPublishers.ofString("x")).build()).body())
          .isEqualTo("x");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void answersDefectsWithAnError(HttpClient.Version version) {
    try (HttpClient client = client(version)) {
      for (String path : new String[] {"/defect", "/late-defect"}) {
        HttpResponse<String> response = send(client, request(path).build());
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"InternalError\"");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void showsTheClientsCertificateEvenOfAStranger(HttpClient.Version version) {
    TestAuthority stranger = new TestAuthority("test-ca"); // same name, other key
    for (TestAuthority.Identity identity :
        new TestAuthority.Identity[] {authority.issue("jane"), stranger.issue("jane")}) {
      try (HttpClient client =
          HttpClient.newBuilder().version(version).sslContext(authority.client(identity)).build()) {
        assertThat(send(client, request("/client").build()).body()).isEqualTo("CN=jane");
      }
    }
  }
}
