package io.tiphys.model.json;

import java.nio.charset.StandardCharsets;

/**
 * A value of an immutable JSON tree. Trees share structure: a change copies only the nodes on the
 * path to it, so instances may be passed between threads and kept by anyone.
 */
public sealed interface Json
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBool, JsonNull {

  /** Parses one JSON text. Of duplicate keys the last wins; see {@link JsonReader} for the rest. */
  static Json parse(byte[] utf8) {
    return JsonReader.read(utf8).value();
  }

  /** Parses one JSON text, as {@link #parse(byte[])}. */
  static Json parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The JSON name of this value's type: object, array, string, number, boolean or null. */
  default String typeName() {
    return switch (this) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case JsonString _ -> "string";
      case JsonNumber _ -> "number";
      case JsonBool _ -> "boolean";
      case JsonNull _ -> "null";
    };
  }

  /** True for {@code null}, {@code false}, 0, {@code ""}, {@code []} and <code>{}</code>. */
  default boolean isZero() {
    return switch (this) {
      case JsonObject o -> o.isEmpty();
      case JsonArray a -> a.isEmpty();
      case JsonString s -> s.value().isEmpty();
      case JsonNumber n -> n.doubleValue() == 0;
      case JsonBool b -> !b.value();
      case JsonNull _ -> true;
    };
  }

  /** The compact encoding of this tree in UTF-8, keys in sorted order. */
  default byte[] toBytes() {
    return JsonWriter.write(this);
  }
}
