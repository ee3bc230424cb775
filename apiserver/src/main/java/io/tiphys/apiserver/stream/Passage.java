package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.ResponseStream;
import io.tiphys.apiserver.http.client.ClientRequest;
import io.tiphys.apiserver.http.client.ClientResponse;
import io.tiphys.apiserver.http.client.Endpoint;
import io.tiphys.apiserver.http.client.HttpConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes a client's request on to another server, and the response back: a reverse proxy. */
final class Passage {
  private static final Logger LOG = LoggerFactory.getLogger(Passage.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Headers that are about one connection (RFC 9110 §7.6.1), or that nobody else shall see. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "host",
          "http2-settings",
          "authorization");

  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

  private Passage() {}

  /** Connects for an exchange: the connection ends when the exchange does. */
  static HttpConnection connect(Exchange exchange, Endpoint endpoint) throws IOException {
    HttpConnection connection = HttpConnection.connect(endpoint, PATIENCE);
    exchange.onClosed(() -> exchange.dispatch(connection::close));
    return connection;
  }

  /** Passes the request on under another target; blocks until both sides have finished. */
  static void pass(
      Exchange exchange, Endpoint endpoint, String target, UnaryOperator<Headers> edit) {
    boolean upgrade = !exchange.wantsUpgrade().isEmpty();
    HttpConnection connection;
    ClientResponse response;
    try {
      connection = connect(exchange, endpoint);
      Headers headers = edit.apply(endToEnd(exchange.headers()));
      if (upgrade) {
        headers = headers.with("connection", "Upgrade").with("upgrade", exchange.wantsUpgrade());
      }
      response =
          connection.send(new ClientRequest(exchange.method(), target, headers, body(exchange)));
    } catch (IOException e) {
      exchange.respond(StreamErrors.unreachable(e, upgrade));
      return;
    }
    if (response.status() == 101 && upgrade) {
      Headers headers = endToEnd(response.headers()).without("date").without("content-length");
      join(exchange.upgrade(headers), connection.upgraded(response));
    } else {
      relay(exchange, response, response.headers());
      connection.close();
    }
  }

  private static @Nullable InputStream body(Exchange exchange) {
    String length = exchange.header("content-length");
    boolean chunked = exchange.header("transfer-encoding") != null;
    boolean open = exchange.http2() && length == null && !BODILESS.contains(exchange.method());
    boolean hasBody = chunked || open || (length != null && !length.equals("0"));
    return exchange.wantsUpgrade().isEmpty() && hasBody ? exchange.bodyStream() : null;
  }

  /** The headers that are meant for whoever is at the end. */
  static Headers endToEnd(Headers headers) {
    Set<String> named =
        headers.all("connection").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Headers passed = headers;
    for (String name : Stream.concat(NOT_PASSED.stream(), named.stream()).toList()) {
      passed = passed.without(name);
    }
    return passed;
  }

  /** Sends another server's response to the client as it comes. */
  static void relay(Exchange exchange, ClientResponse response, Headers headers) {
    ResponseStream stream =
        exchange.stream(response.status(), endToEnd(headers).without("date"), ResponseStream.WATCH);
    try {
      response.body().transferTo(stream.output());
      stream.end();
    } catch (IOException e) {
      LOG.debug("{} broken off: {}", exchange.path(), e.getMessage());
      stream.abort();
    }
  }

  /** Carries bytes both ways until either side has enough. */
  static void join(Duplex client, Duplex server) {
    Thread.ofVirtual().name("stream-back").start(() -> carry(server, client));
    carry(client, server);
  }

  private static void carry(Duplex from, Duplex to) {
    byte[] buffer = new byte[32 * 1024];
    try {
      OutputStream out = to.output();
      for (int n = from.input().read(buffer); n >= 0; n = from.input().read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      LOG.trace("one side has left", e);
    } finally {
      to.close();
      from.close();
    }
  }
}
