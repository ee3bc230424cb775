package io.tiphys.apiserver.componentstatus;

import io.tiphys.apiserver.health.HealthCheck;
import io.tiphys.apiserver.http.client.ClientTls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a component on this host for its {@code /healthz}. Its certificate proves nothing that
 * matters here and is not checked.
 *
 * @param name the component's
 * @param port of its HTTPS server on the loopback address
 */
public record HealthzProbe(String name, int port) implements HealthCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The scheduler's own port. */
  public static HealthzProbe scheduler() {
    return new HealthzProbe("scheduler", 10259);
  }

  /** The controller manager's own port. */
  public static HealthzProbe controllerManager() {
    return new HealthzProbe("controller-manager", 10257);
  }

  @Override
  public Optional<String> fault() {
    URI url = URI.create("https://127.0.0.1:" + port + "/healthz");
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(ClientTls.insecure()).connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.ofString());
      return answer.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of("HTTP probe failed with statuscode: " + answer.statusCode());
    } catch (IOException e) {
      return Optional.of("Get \"" + url + "\": " + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("Get \"" + url + "\": interrupted");
    }
  }

  private String reason(IOException e) {
    return switch (e) {
      case ConnectException _ -> "dial tcp 127.0.0.1:" + port + ": connect: connection refused";
      case HttpTimeoutException _ -> "context deadline exceeded";
      default -> String.valueOf(e.getMessage());
    };
  }
}
