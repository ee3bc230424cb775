package io.tiphys.model.patch;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;

/** Values as upstream's messages show them: {@code map[image:nginx name:web]}. */
final class GoText {
  private GoText() {}

  static String of(Json value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, Json value) {
    switch (value) {
      case JsonObject o -> {
        text.append("map[");
        for (int i = 0; i < o.size(); i++) {
          text.append(i == 0 ? "" : " ").append(o.key(i)).append(':');
          append(text, o.value(i));
        }
        text.append(']');
      }
      case JsonArray a -> {
        text.append('[');
        for (int i = 0; i < a.size(); i++) {
          text.append(i == 0 ? "" : " ");
          append(text, a.get(i));
        }
        text.append(']');
      }
      case JsonString s -> text.append(s.value());
      case JsonNull _ -> text.append("<nil>");
      case JsonNumber _, JsonBool _ -> text.append(value);
    }
  }

  static String typeOf(Json value) {
    return switch (value) {
      case JsonObject _ -> "map[string]interface {}";
      case JsonArray _ -> "[]interface {}";
      case JsonString _ -> "string";
      case JsonNumber n -> n.isIntegral() ? "int64" : "float64";
      case JsonBool _ -> "bool";
      case JsonNull _ -> "%!s(<nil>)";
    };
  }
}
