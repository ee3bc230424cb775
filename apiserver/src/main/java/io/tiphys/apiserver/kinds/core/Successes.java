package io.tiphys.apiserver.kinds.core;

import io.tiphys.model.json.JsonObject;

/** Answers of actions that have nothing to show. */
final class Successes {
  private Successes() {}

  /** A {@code Status} for 201. */
  static JsonObject created() {
    return JsonObject.of(
        "kind", "Status",
        "apiVersion", "v1",
        "metadata", JsonObject.EMPTY,
        "status", "Success",
        "code", 201);
  }
}
