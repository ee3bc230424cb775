package io.tiphys.cli;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Uses a server as kubectl and controllers do, so that the AOT cache knows it. */
final class TrainingClient implements AutoCloseable {
  private static final String TOKEN = "training";

  /** So often is each object written: enough for the JVM to record profiles, and no second. */
  private static final int ROUNDS = 300;

  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"trained-%d",\
      "labels":{"app":"training"}},"data":{"key":"value"}}\
      """;

  private static final List<String> READS =
      List.of(
          "/readyz",
          "/livez?verbose",
          "/version",
          "/api",
          "/apis",
          "/api/v1",
          "/apis/apps/v1",
          "/openapi/v3",
          "/api/v1/namespaces",
          "/api/v1/nodes",
          "/api/v1/pods?limit=500",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles?resourceVersion=0",
          "/api/v1/namespaces/default/services/kubernetes",
          "/api/v1/configmaps?watch=1&timeoutSeconds=1&labelSelector=app%3Dtraining",
          "/api/v1/namespaces/default/secrets/none",
          "/metrics");

  private final String server;
  private final HttpClient http2;
  private final HttpClient http1;

  TrainingClient(String server) {
    this.server = server;
    this.http2 = client(Version.HTTP_2);
    this.http1 = client(Version.HTTP_1_1);
  }

  /** Writes a file of tokens for the server; returns its path. */
  static Path writeToken(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("tokens.csv"), TOKEN + ",training,training,system:masters\n");
  }

  private static HttpClient client(Version version) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, new TrustManager[] {new TrustAll()}, null);
      return HttpClient.newBuilder().sslContext(tls).version(version).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void run() throws IOException, InterruptedException {
    for (String path : READS) {
      http1.send(request(path).build(), BodyHandlers.ofByteArray());
      http2.send(request(path).build(), BodyHandlers.ofByteArray());
      http2.send(
          request(path).header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io").build(),
          BodyHandlers.ofByteArray());
    }
    String all = "/api/v1/namespaces/default/configmaps";
    each(i -> post(all, CONFIG_MAP.formatted(i)));
    each(i -> request(all + "/trained-" + i));
    each(i ->
        json(all + "/trained-" + i)
            .PUT(BodyPublishers.ofString(CONFIG_MAP.formatted(i).replace("value", "changed"))));
    http2.send(request(all).build(), BodyHandlers.ofByteArray());
    each(i -> request(all + "/trained-" + i).DELETE());
  }

  /** Has a request made many times, some at once. */
  private void each(IntFunction<HttpRequest.Builder> request) {
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      answers.add(http2.sendAsync(request.apply(i).build(), BodyHandlers.ofByteArray()));
      if (answers.size() == 16) {
        answers.forEach(CompletableFuture::join);
        answers.clear();
      }
    }
    answers.forEach(CompletableFuture::join);
  }

  private HttpRequest.Builder post(String path, String body) {
    return json(path).POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .header("Authorization", "Bearer " + TOKEN);
  }

  @Override
  public void close() {
    http1.close();
    http2.close();
  }

  /** The server trained on is this process, on loopback. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
