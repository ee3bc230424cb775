package io.tiphys.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {
  @TempDir Path directory;
  private final TestAuthority authority = new TestAuthority("ca");

  private HttpServer start(TlsFiles tls) {
    return HttpServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        tls,
        HttpLimits.DEFAULT,
        new EchoHandler());
  }

  private SSLSocket connect(HttpServer server, String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            authority
                .client(null)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.address().getPort());
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    socket.startHandshake();
    return socket;
  }

  private static String subject(SSLSocket socket) throws IOException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
        .getSubjectX500Principal()
        .getName();
  }

  @Test
  void takesUpNewFilesAndKeepsTheOldOnesInsteadOfBrokenOnes() throws IOException {
    TlsFiles tls = authority.files(directory, authority.issue("first"));
    try (HttpServer server = start(tls);
        SSLSocket old = connect(server)) {
      assertThat(tls.reload()).isFalse();
      TestAuthority.Identity next = authority.issue("second");
      TestAuthority.write(directory.resolve("tls.crt"), next.certificate());
      assertThat(tls.reload()).as("certificate without its key").isFalse();
      try (SSLSocket socket = connect(server)) {
        assertThat(subject(socket)).isEqualTo("CN=first");
      }
      TestAuthority.write(directory.resolve("tls.key"), next.key());
      assertThat(tls.reload()).isTrue();
      try (SSLSocket socket = connect(server)) {
        assertThat(subject(socket)).isEqualTo("CN=second");
      }
      Files.writeString(directory.resolve("tls.crt"), "broken");
      assertThat(tls.reload()).isFalse();
      Files.delete(directory.resolve("tls.crt"));
      assertThat(tls.reload()).isFalse();
      try (SSLSocket socket = connect(server)) {
        assertThat(subject(socket)).isEqualTo("CN=second");
      }
      old.getOutputStream()
          .write(
              "GET /old HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(old.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("GET /old? h1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksCurrentTls(String protocol) throws IOException {
    TlsFiles tls = authority.files(directory, authority.issue("server"));
    try (HttpServer server = start(tls);
        SSLSocket socket = connect(server, protocol)) {
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  @ParameterizedTest
  @CsvSource({"tls.crt, ''", "tls.crt, nothing", "tls.key, ''", "tls.key, nothing"})
  void saysWhichFileIsOfNoUse(String file, String content) throws IOException {
    authority.files(directory, authority.issue("server"));
    Files.writeString(directory.resolve(file), content);
    assertThatThrownBy(
            () -> new TlsFiles(directory.resolve("tls.crt"), directory.resolve("tls.key"), null))
        .isInstanceOf(HttpServerException.class)
        .hasMessageContaining("cannot use certificate")
        .hasMessageContaining(directory.resolve(file).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pkcs1", "ec-sec1", "ec-pkcs8"})
  void readsKeysInTheFormsThatToolsWrite(String form) throws IOException, InterruptedException {
    Path key = directory.resolve("tls.key");
    Path certificate = directory.resolve("tls.crt");
    String make =
        switch (form) {
          case "rsa-pkcs1" -> "openssl genrsa -traditional -out " + key + " 2048";
          case "ec-sec1" -> "openssl ecparam -name prime256v1 -genkey -out " + key;
          default -> "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + key;
        };
    String sign = " && openssl req -x509 -key " + key + " -subj /CN=x -days 1 -out " + certificate;
    Process openssl = new ProcessBuilder("sh", "-c", make + sign).start();
    assertThat(openssl.waitFor()).isZero();
    assertThat(new TlsFiles(certificate, key, null)).isNotNull();
  }
}
