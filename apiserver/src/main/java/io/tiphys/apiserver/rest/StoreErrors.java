package io.tiphys.apiserver.rest;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import io.tiphys.store.StoreException;

/** The store's failures as clients see them. */
public final class StoreErrors {
  private StoreErrors() {}

  public static ApiException of(StoreException e) {
    return switch (e.kind()) {
      case COMPACTED ->
          ApiException.of(
              Reason.EXPIRED,
              "The provided resource version is too old: the requested version has been compacted");
      case FUTURE_REVISION -> ApiException.of(Reason.TIMEOUT, "Timeout: " + e.getMessage());
      case READ_ONLY ->
          ApiException.of(
              Reason.SERVICE_UNAVAILABLE,
              "the store accepts no writes now: " + e.getMessage(),
              JsonObject.of("retryAfterSeconds", 5));
      case UNAVAILABLE ->
          ApiException.of(
              Reason.SERVICE_UNAVAILABLE,
              "the store is not available: " + e.getMessage(),
              JsonObject.of("retryAfterSeconds", 1));
      case TIMEOUT ->
          ApiException.of(
              Reason.SERVER_TIMEOUT,
              "the store did not answer in time: " + e.getMessage(),
              JsonObject.of("retryAfterSeconds", 1));
      case LEASE_NOT_FOUND, CORRUPT -> ApiException.internal(e);
    };
  }
}
