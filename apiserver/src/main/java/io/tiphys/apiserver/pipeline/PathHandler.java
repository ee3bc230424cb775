package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.request.RequestContext;

/**
 * Answers requests on paths that name no resource: {@code /version}, {@code /healthz}, discovery.
 * Called on the event loop, so it must not block; {@link Exchange#dispatch} goes on where blocking
 * is allowed. A thrown {@link io.tiphys.model.status.ApiException} is answered as such.
 */
@FunctionalInterface
public interface PathHandler {
  void handle(Exchange exchange, RequestContext context);
}
