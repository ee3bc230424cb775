package io.tiphys.tests.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.bootstrap.pki.CertificateAuthority;
import io.tiphys.bootstrap.pki.CertificateSpec;
import io.tiphys.bootstrap.pki.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no client library would send: abuse of HTTP/1.1 and HTTP/2 below requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {
  private static final String GET = "GET /api/v1/namespaces/default/pods HTTP/1.1\r\nHost: a\r\n";

  @SuppressWarnings("StringConcatToTextBlock") // it must have CR LF
  private static final String POST =
      "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: a\r\n"
          + "Authorization: Bearer admin-token\r\nContent-Type: application/json\r\n";

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server = TestServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void serverIsReady() {
    assertThat(server.send("GET", "/readyz", "admin", Map.of(), new byte[0]).text())
        .isEqualTo("ok");
  }

  static Stream<Arguments> abuse() {
    return Stream.of(
        refused("no request", 400, "hello\r\n\r\n"),
        refused("no version", 400, "GET /api\r\n\r\n"),
        refused("a version of the future", 400, "GET /api HTTP/3.7\r\nHost: a\r\n\r\n"),
        refused("a target without slash", 400, "GET api HTTP/1.1\r\nHost: a\r\n\r\n"),
        refused("a space in the target", 400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
        refused("no host", 400, "GET /api HTTP/1.1\r\n\r\n"),
        refused("two hosts", 400, "GET /api HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        refused("a header without colon", 400, GET + "Accept\r\n\r\n"),
        refused("a space before the colon", 400, GET + "Accept : */*\r\n\r\n"),
        // Folded headers are read, as Go reads them; this one's sender is nobody.
        refused("a folded header", 401, GET + "Accept: a,\r\n b\r\n\r\n"),
        refused("a control character in a header", 400, GET + "Accept: a\u0001b\r\n\r\n"),
        refused("a length that is no number", 400, POST + "Content-Length: x\r\n\r\n"),
        refused("a negative length", 400, POST + "Content-Length: -1\r\n\r\n"),
        refused("two lengths", 400, POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
        refused(
            "a length and chunks",
            400,
            POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        refused("an encoding that there is not", 400, POST + "Transfer-Encoding: magic\r\n\r\n"),
        refused(
            "a chunk's size that is no number",
            400,
            POST + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n"),
        refused("headers of two megabytes", 431, GET + "X: " + "x".repeat(2 << 20) + "\r\n\r\n"),
        refused(
            "a target of two megabytes", 431, "GET /" + "x".repeat(2 << 20) + " HTTP/1.1\r\n\r\n"),
        refused("a body announced too large", 413, POST + "Content-Length: 99999999999\r\n\r\n"),
        refused("a trace", 405, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"),
        refused("a tunnel", 400, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"));
  }

  private static Arguments refused(String what, int code, String bytes) {
    return Arguments.of(what, code, bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("abuse")
  void refusesAbuse(String what, int code, String bytes) throws IOException {
    try (Http1 connection = new Http1(server.tls(), server.port())) {
      try {
        connection.send(bytes.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // The answer may come, and the connection close, before all has been sent.
        assertThat(bytes.length()).as(what).isGreaterThan(1 << 20);
        return;
      }
      assertThat(connection.receive(false).code()).as(what).isEqualTo(code);
    }
  }

  @ParameterizedTest
  @MethodSource
  void endsConnectionsOfGarbage(List<Integer> bytes) throws IOException {
    try (Http1 connection = new Http1(server.tls(), server.port())) {
      byte[] garbage = new byte[bytes.size() * 64];
      for (int i = 0; i < garbage.length; i++) {
        garbage[i] = bytes.get(i % bytes.size()).byteValue();
      }
      connection.send(garbage);
      connection.send("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.receive(false).code()).isEqualTo(400);
    }
  }

  static Stream<List<Integer>> endsConnectionsOfGarbage() {
    return Stream.of(List.of(0), List.of(255, 254, 1), List.of(0, 0, 4, 1, 0, 0, 0, 0, 1));
  }

  @Test
  void refusesCertificatesOfAnotherAuthority() throws IOException, GeneralSecurityException {
    Identity stranger =
        CertificateAuthority.create("kubernetes", Duration.ofDays(1), InstantSource.system())
            .issue(CertificateSpec.client("admin", Duration.ofDays(1), "system:masters"));
    SSLContext tls = server.tls(keys(stranger));
    try (Http1 connection = new Http1(tls, server.port())) {
      connection.send((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.receive(false).code()).isEqualTo(401);
    }
  }

  private static KeyManager[] keys(Identity identity) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry(
        "client", identity.key(), new char[0], new Certificate[] {identity.certificate()});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }
}
