package io.tiphys.apiserver.rest;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The fields of {@code metadata} that the server decides. */
final class ObjectMeta {
  private ObjectMeta() {}

  /** A new object's: identity and birth are the server's, nobody is born dying. */
  static JsonObject ofNew(JsonObject metadata, Instant now) {
    return metadata
        .without("resourceVersion")
        .without("selfLink")
        .without("deletionTimestamp")
        .without("deletionGracePeriodSeconds")
        .with("uid", UUID.randomUUID().toString())
        .with("creationTimestamp", Timestamps.format(now));
  }

  /** An updated object's: what the client left out or may not touch comes from the stored state. */
  static JsonObject ofUpdated(JsonObject metadata, JsonObject before) {
    JsonObject result = metadata.without("selfLink");
    if (result.string("uid").isEmpty()) {
      result = keep(result, "uid", before);
    }
    if (result.string("namespace").isEmpty()) {
      result = keep(result, "namespace", before);
    }
    result = keep(result, "creationTimestamp", before);
    result = keep(result, "generation", before);
    for (String field : List.of("deletionTimestamp", "deletionGracePeriodSeconds")) {
      if (before.has(field) || !result.has(field)) {
        result = keep(result, field, before);
      }
    }
    return result;
  }

  private static JsonObject keep(JsonObject metadata, String field, JsonObject before) {
    Json value = before.get(field);
    return value == null ? metadata.without(field) : metadata.with(field, value);
  }

  static JsonObject with(JsonObject object, String field, String value) {
    return object.with("metadata", object.object("metadata").with(field, JsonString.of(value)));
  }

  static String name(JsonObject object) {
    return object.object("metadata").string("name");
  }
}
