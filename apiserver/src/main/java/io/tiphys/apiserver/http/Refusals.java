package io.tiphys.apiserver.http;

import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;

/** Why the transport refuses a request that it could read, in upstream's words. */
final class Refusals {
  private Refusals() {}

  static ApiException tooLarge(int limit) {
    return ApiException.of(
        Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + limit);
  }

  /** Too many bodies are being received at once. */
  static ApiException noRoom() {
    return ApiException.tooManyRequests("Too many requests, please try again later.", 1);
  }

  /** Methods that no API server answers. */
  static boolean isRefused(String method) {
    return method.equals("TRACE") || method.equals("CONNECT");
  }

  static ApiException method(String method) {
    return ApiException.of(
        Reason.METHOD_NOT_ALLOWED, "the server does not allow the method " + method);
  }
}
