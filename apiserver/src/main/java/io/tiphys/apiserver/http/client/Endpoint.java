package io.tiphys.apiserver.http.client;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server to send requests to.
 *
 * @param tls how to speak TLS with it; null for plain HTTP
 * @param serverName the name that the server's certificate must bear; null if any is good enough
 */
public record Endpoint(
    String host, int port, @Nullable SSLContext tls, @Nullable String serverName) {
  public static Endpoint plain(String host, int port) {
    return new Endpoint(host, port, null, null);
  }

  /** As in a {@code Host} header. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
