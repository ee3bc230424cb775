package io.tiphys.apiserver.rest;

import io.tiphys.model.json.JsonException;
import io.tiphys.model.status.ApiException;
import io.tiphys.store.StoreException;

/** What clients are told of exceptions. */
public final class Failures {
  private Failures() {}

  public static ApiException of(Throwable failure) {
    return switch (failure) {
      case ApiException e -> e;
      case StoreException e -> StoreErrors.of(e);
      case JsonException e -> ApiException.badRequest(e.getMessage());
      default -> ApiException.internal(failure);
    };
  }
}
