package io.tiphys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as its users start and stop it. */
class ServerProcessTest {
  @TempDir Path folder;

  private Path data;
  private Path tokens;

  @BeforeEach
  void tokens() throws IOException {
    data = folder.resolve("data");
    tokens = folder.resolve("tokens.csv");
    Files.writeString(tokens, "secret,admin,1,\"system:masters\"\n");
  }

  private ServerProcess start(String... more) throws IOException {
    String[] all =
        Stream.concat(Stream.of("--token-auth-file=" + tokens), Stream.of(more))
            .toArray(String[]::new);
    return ServerProcess.start(data, all);
  }

  /** Trusts the server's own authority, so the certificate is checked too. */
  private HttpClient client() throws Exception {
    KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
    authorities.load(null, null);
    try (var in = Files.newInputStream(data.resolve("pki/ca.crt"))) {
      authorities.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(authorities);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer secret")
        .header("Content-Type", "application/json");
  }

  private static HttpRequest creation(int port, String name) {
    String body =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"}}";
    return request(port, "/api/v1/namespaces/default/configmaps")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest configMap(int port, String name) {
    return request(port, "/api/v1/namespaces/default/configmaps/" + name).build();
  }

  @Test
  void keepsItsObjectsOverACleanStopAndOverAKill() throws Exception {
    try (ServerProcess server = start()) {
      int port = server.awaitReady();
      assertThat(status(creation(port, "first"))).isEqualTo(201);
      server.terminate();
      assertThat(server.awaitExit()).isIn(0, 143);
      assertThat(server.log()).contains("stopping").contains("stopped");
    }
    try (ServerProcess server = start()) {
      int port = server.awaitReady();
      assertThat(status(configMap(port, "first"))).isEqualTo(200);
      assertThat(status(creation(port, "second"))).isEqualTo(201);
      server.kill();
      server.awaitExit();
    }
    try (ServerProcess server = start()) {
      int port = server.awaitReady();
      assertThat(status(configMap(port, "second"))).isEqualTo(200);
    }
  }

  private int status(HttpRequest request) throws Exception {
    try (HttpClient client = client()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void aWatchEndsProperlyWhenTheServerStops() throws Exception {
    try (ServerProcess server = start()) {
      int port = server.awaitReady();
      HttpClient client = client();
      HttpRequest watch = request(port, "/api/v1/namespaces/default/configmaps?watch=1").build();
      HttpResponse<java.io.InputStream> response = client.send(watch, BodyHandlers.ofInputStream());
      assertThat(client.send(creation(port, "seen"), BodyHandlers.discarding()).statusCode())
          .isEqualTo(201);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine()).contains("\"type\":\"ADDED\"");
        server.terminate();
        assertThat(lines.lines().filter(l -> l.contains("\"ERROR\"")).toList()).isEmpty();
      }
      server.awaitExit();
    }
  }

  @Test
  void secretsAreReadableByTheirOwnerOnly() throws Exception {
    try (ServerProcess server = start()) {
      server.awaitReady();
      for (String file : List.of("admin.kubeconfig", "pki/ca.key", "pki/sa.key")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
            .as(file)
            .isEqualTo("rw-------");
      }
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("store"))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused() throws Exception {
    try (ServerProcess first = start()) {
      first.awaitReady();
      try (ServerProcess second = start()) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.log()).contains(Long.toString(first.pid()));
      }
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess server = start("--api-port=" + taken.getLocalPort())) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log())
          .contains("cannot listen on")
          .contains(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void wrongSettingsAreUsageErrorsThatNameTheFlag() throws Exception {
    try (ServerProcess server = start("--authorization-mode=RBAK")) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log()).contains("\"RBAK\" is no known mode");
    }
    try (ServerProcess server = start("--service-cidr=10.96.0.0")) {
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log()).contains("\"10.96.0.0\" is no address range");
    }
    try (ServerProcess server = start("--event-ttl=soon")) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.log()).contains("--event-ttl").contains("write it like 1h30m");
    }
  }

  @Test
  void theLogCanBeJson() throws Exception {
    try (ServerProcess server = start("--log-format=json")) {
      server.awaitReady();
      assertThat(server.log().lines()).allMatch(line -> line.startsWith("{"));
    }
  }
}
