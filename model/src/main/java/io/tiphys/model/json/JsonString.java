package io.tiphys.model.json;

import java.util.Objects;

/** A JSON string. */
public record JsonString(String value) implements Json {
  public static final JsonString EMPTY = new JsonString("");

  public JsonString {
    Objects.requireNonNull(value);
  }

  public static JsonString of(String value) {
    return value.isEmpty() ? EMPTY : new JsonString(value);
  }

  @Override
  public String toString() {
    return JsonWriter.toText(this);
  }
}
