package io.tiphys.tests.badinput;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.server.ControlPlane;
import io.tiphys.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A whole server in this JVM, with users, and with the objects of {@code fixtures.txt}. */
final class TestServer implements AutoCloseable {
  /** Their tokens are their names with {@code -token}. */
  static final Map<String, String> USERS =
      Map.of(
          "admin", "system:masters",
          "alice", "people",
          "editor", "people",
          "system:node:n1", "system:nodes");

  private final ControlPlane plane;
  private final Path dataDir;
  private final int port;
  private final SSLContext tls;
  private final Map<String, String> serviceAccountTokens = new HashMap<>();

  private TestServer(ControlPlane plane, Path dataDir) {
    this.plane = plane;
    this.dataDir = dataDir;
    this.port = URI.create(plane.url()).getPort();
    this.tls = tls(null);
  }

  static TestServer start(Path folder) throws IOException {
    Path tokens = folder.resolve("tokens.csv");
    Files.writeString(
        tokens,
        USERS.entrySet().stream()
            .map(u ->
                "%s-token,%s,%s,\"%s\"\n"
                    .formatted(u.getKey(), u.getKey(), u.getKey(), u.getValue()))
            .collect(Collectors.joining()));
    Path dataDir = folder.resolve("data");
    TestServer server = new TestServer(ControlPlane.start(options(dataDir, tokens)), dataDir);
    server.makeFixtures();
    return server;
  }

  private static ServerOptions options(Path dataDir, Path tokens) {
    return new ServerOptions(
        dataDir,
        "127.0.0.1",
        "192.0.2.1",
        0,
        List.of("10.96.0.0/16"),
        "30000-32767",
        "cluster.local",
        List.of(),
        tokens,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        List.of("Node", "RBAC"),
        false,
        true,
        List.of("https://kubernetes.default.svc.cluster.local"),
        List.of(),
        List.of(),
        List.of(),
        Duration.ofHours(1),
        Duration.ofMinutes(1),
        400,
        200);
  }

  private void makeFixtures() {
    Macros macros = new Macros(this);
    for (Case fixture : CaseFile.read("fixtures.txt")) {
      Http1.Answer answer = send(fixture, macros);
      if (answer.code() != fixture.code()) {
        throw new IllegalStateException(fixture.title() + ": " + answer.text());
      }
    }
  }

  int port() {
    return port;
  }

  Path dataDir() {
    return dataDir;
  }

  /** Trusts the server. */
  SSLContext tls() {
    return tls;
  }

  /** Trusts the server, and shows a certificate if there are key managers. */
  SSLContext tls(KeyManager @Nullable [] managers) {
    try (var in = Files.newInputStream(dataDir.resolve("pki/ca.crt"))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int i = 0;
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca" + i++, ca);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a case's request. */
  Http1.Answer send(Case request, Macros macros) {
    Map<String, String> headers = new java.util.LinkedHashMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.merge(
          header.getKey(),
          macros.text(header.getValue()),
          (a, b) -> a + "\r\n" + header.getKey() + ": " + b);
    }
    String path = macros.text(request.path());
    return send(request.method(), path, request.user(), headers, macros.bytes(request.body()));
  }

  Http1.Answer send(
      String method, String path, String user, Map<String, String> headers, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (!headers.containsKey("Host")) {
      head.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    if (!user.equals("nobody") && !headers.containsKey("Authorization")) {
      head.append("Authorization: Bearer ").append(user).append("-token\r\n");
    }
    if (body.length > 0 && !headers.containsKey("Content-Type")) {
      head.append("Content-Type: application/json\r\n");
    }
    if (!headers.containsKey("Content-Length") && !headers.containsKey("Transfer-Encoding")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    try (Http1 connection = new Http1(tls, port)) {
      connection.send(out.toByteArray());
      return connection.receive(method.equals("HEAD"));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + ": " + e, e);
    }
  }

  /** A field of an object on the server. */
  String field(String path, String field) {
    Json value = object(send("GET", path, "admin", Map.of(), new byte[0]));
    for (String name : field.split("\\.", -1)) {
      Json child = value instanceof JsonObject o ? o.get(name) : null;
      if (child == null) {
        throw new IllegalArgumentException(path + " has no " + field + ": " + value);
      }
      value = child;
    }
    return value instanceof io.tiphys.model.json.JsonString s ? s.value() : value.toString();
  }

  String serviceAccountToken(String account, String audience) {
    return serviceAccountTokens.computeIfAbsent(
        account + " " + audience,
        _ -> {
          String[] parts = account.split("/", 2);
          String body = "{\"spec\":{\"audiences\":[\"" + audience + "\"]}}";
          Http1.Answer answer =
              send(
                  "POST",
                  "/api/v1/namespaces/" + parts[0] + "/serviceaccounts/" + parts[1] + "/token",
                  "admin",
                  Map.of(),
                  body.getBytes(StandardCharsets.UTF_8));
          return object(answer).object("status").string("token");
        });
  }

  static JsonObject object(Http1.Answer answer) {
    if (Json.parse(answer.body()) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalStateException("no object: " + answer.text());
  }

  @Override
  public void close() {
    plane.close();
  }
}
