package io.tiphys.apiserver.kinds.legacy;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Edits that conversions share: fields renamed, annotations set and removed. */
final class Annotations {
  private Annotations() {}

  /** Moves a field to another name; where it is absent nothing happens. */
  static JsonObject rename(JsonObject object, String from, String to) {
    Json value = object.get(from);
    return value == null ? object : object.without(from).with(to, value);
  }

  /** Changes each object of a list. */
  static JsonArray mapItems(JsonArray array, UnaryOperator<JsonObject> change) {
    return JsonArray.of(
        array.stream().map(item -> item instanceof JsonObject o ? change.apply(o) : item).toList());
  }

  static Optional<String> annotation(JsonObject object, String name) {
    return object.object("metadata").object("annotations").optionalString(name);
  }

  static JsonObject withAnnotation(JsonObject object, String name, String value) {
    return object.withAt(JsonString.of(value), "metadata", "annotations", name);
  }

  /** Removes an annotation, and the map when it was the last one. */
  static JsonObject withoutAnnotation(JsonObject object, String name) {
    JsonObject annotations = object.object("metadata").object("annotations");
    if (!annotations.has(name)) {
      return object;
    }
    JsonObject rest = annotations.without(name);
    return rest.isEmpty()
        ? object.withoutAt("metadata", "annotations")
        : object.withAt(rest, "metadata", "annotations");
  }
}
