package io.tiphys.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see when the server stops. */
class ShutdownTest {
  @TempDir Path directory;
  private final TestAuthority authority = new TestAuthority("ca");
  private final CountDownLatch arrived = new CountDownLatch(2);
  private final CountDownLatch release = new CountDownLatch(1);

  private void handle(Exchange exchange) {
    if (exchange.path().equals("/watch")) {
      ResponseStream stream = exchange.stream(200, Headers.EMPTY, ResponseStream.WATCH);
      stream.write("event".getBytes(StandardCharsets.UTF_8));
      exchange.onShutdown(stream::end);
      arrived.countDown();
    } else if (exchange.path().equals("/slow")) {
      exchange.dispatch(() -> {
        arrived.countDown();
        awaitRelease();
        exchange.respond(Response.text(200, "done"));
      });
    } else {
      arrived.countDown(); // and never answers
    }
  }

  private void awaitRelease() {
    try {
      assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpServer start() {
    TlsFiles tls = authority.files(directory, authority.issue("server"));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return HttpServer.start(address, tls, HttpLimits.DEFAULT, this::handle);
  }

  private static CompletableFuture<HttpResponse<String>> get(
      HttpClient client, HttpServer server, String path) {
    URI uri = URI.create("https://127.0.0.1:" + server.address().getPort() + path);
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).sslContext(authority.client(null)).build();
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void endsWatchesAndLetsRequestsFinish(HttpClient.Version version) throws Exception {
    HttpServer server = start();
    try (HttpClient client = client(version)) {
      CompletableFuture<HttpResponse<String>> watch = get(client, server, "/watch");
      CompletableFuture<HttpResponse<String>> slow = get(client, server, "/slow");
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      Thread stopping = Thread.ofVirtual().start(() -> server.shutdown(Duration.ofSeconds(20)));
      assertThat(watch.get(10, TimeUnit.SECONDS).body()).isEqualTo("event");
      assertThatThrownBy(() -> get(client(version), server, "/new").get(10, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class)
          .rootCause()
          .isInstanceOfAny(ConnectException.class, java.nio.channels.ClosedChannelException.class);
      release.countDown();
      assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
      assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void givesUpWhatTakesLongerThanTheGracePeriod() throws Exception {
    HttpServer server = start();
    try (HttpClient one = client(HttpClient.Version.HTTP_1_1);
        HttpClient two = client(HttpClient.Version.HTTP_2)) {
      CompletableFuture<HttpResponse<String>> first = get(one, server, "/never");
      CompletableFuture<HttpResponse<String>> second = get(two, server, "/never");
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      server.shutdown(Duration.ofMillis(50));
      assertThatThrownBy(first::join).isInstanceOf(CompletionException.class);
      assertThatThrownBy(second::join).isInstanceOf(CompletionException.class);
    }
  }
}
