package io.tiphys.apiserver.http;

import io.tiphys.model.status.ApiException;

/** Answers requests: what the server is for. */
public interface HttpHandler {
  /**
   * Answers one request, now or later, by one of the exchange's answering methods. Called on the
   * connection's event loop, so it must not block: {@link Exchange#dispatch} goes on where blocking
   * is allowed.
   */
  void handle(Exchange exchange);

  /**
   * Answers a request that the transport itself refuses, such as one with too long a body; {@link
   * #handle} is not called for it. The request's body is empty here.
   */
  default void refuse(Exchange exchange, ApiException why) {
    exchange.respond(Response.error(why));
  }

  /**
   * Whether the body of this request is to be read as a stream ({@link Exchange#bodyStream()}),
   * without limit, instead of being gathered before {@link #handle} is called. For proxies.
   */
  default boolean streamsBody(RequestHead head) {
    return false;
  }
}
