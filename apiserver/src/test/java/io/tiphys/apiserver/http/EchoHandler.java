package io.tiphys.apiserver.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells what it was asked; its paths show what a handler can do. */
final class EchoHandler implements HttpHandler {
  @Override
  public void handle(Exchange exchange) {
    switch (exchange.path()) {
      case "/body" -> exchange.respond(new Response(200, Headers.EMPTY, exchange.body()));
      case "/thread" ->
          exchange.dispatch(
              () -> exchange.respond(Response.text(200, Thread.currentThread().getName())));
      case "/large" -> exchange.respond(new Response(200, Headers.EMPTY, new byte[5_000_000]));
      case "/stream" -> stream(exchange);
      case "/upload" -> exchange.dispatch(() -> countBytes(exchange));
      case "/defect" -> throw new IllegalStateException("defect");
      case "/late-defect" ->
          exchange.dispatch(() -> {
            throw new IllegalStateException("late defect");
          });
      case "/broken" -> {
        ResponseStream stream = exchange.stream(200, Headers.EMPTY, ResponseStream.LIST);
        stream.write("half of it".getBytes(StandardCharsets.UTF_8));
        stream.abort();
      }
      case "/client" ->
          exchange.respond(Response.text(200, subjects(exchange.clientCertificates())));
      default -> exchange.respond(Response.text(200, describe(exchange)));
    }
  }

  @Override
  public boolean streamsBody(RequestHead head) {
    return head.path().equals("/upload");
  }

  private static String subjects(List<java.security.cert.X509Certificate> chain) {
    return String.join(
        ";", chain.stream().map(c -> c.getSubjectX500Principal().getName()).toList());
  }

  private static String describe(RequestHead head) {
    return head.method()
        + " "
        + head.path()
        + "?"
        + head.query()
        + (head.http2() ? " h2" : " h1")
        + " x="
        + String.join(",", head.headers().all("x-value"));
  }

  private static void stream(Exchange exchange) {
    exchange.dispatch(() -> {
      ResponseStream stream =
          exchange.stream(200, Headers.of("content-type", "text/plain"), ResponseStream.WATCH);
      for (int i = 0; i < 1000; i++) {
        stream.write((i + "\n").getBytes(StandardCharsets.UTF_8));
      }
      stream.end();
    });
  }

  private static void countBytes(Exchange exchange) {
    try {
      long count = exchange.bodyStream().transferTo(java.io.OutputStream.nullOutputStream());
      exchange.respond(Response.text(200, "bytes: " + count));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
