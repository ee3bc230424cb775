package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;

/** Answers subresources that are streams rather than objects: logs, exec, proxies. */
public interface StreamHandler {
  /** Answers none. */
  StreamHandler NONE =
      new StreamHandler() {
        @Override
        public boolean answers(RequestInfo info) {
          return false;
        }

        @Override
        public void answer(Exchange exchange, RequestContext context) {
          throw ResourceHandler.unknown();
        }
      };

  /** Whether such a request is answered here. */
  boolean answers(RequestInfo info);

  /** Answers a request that has been authorized and admitted; on a virtual thread, and blocking. */
  void answer(Exchange exchange, RequestContext context);
}
