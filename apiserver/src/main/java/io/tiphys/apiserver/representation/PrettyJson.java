package io.tiphys.apiserver.representation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.nio.charset.StandardCharsets;

/** JSON for people: two blanks for each level. */
final class PrettyJson {
  private final StringBuilder text = new StringBuilder(4096);

  private PrettyJson() {}

  static byte[] write(Json value) {
    PrettyJson writer = new PrettyJson();
    writer.value(value, 0);
    return writer.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(Json value, int depth) {
    switch (value) {
      case JsonObject o when !o.isEmpty() -> {
        text.append('{');
        for (int i = 0; i < o.size(); i++) {
          line(i, depth + 1);
          text.append(JsonString.of(o.key(i))).append(": ");
          value(o.value(i), depth + 1);
        }
        end('}', depth);
      }
      case JsonArray a when !a.isEmpty() -> {
        text.append('[');
        for (int i = 0; i < a.size(); i++) {
          line(i, depth + 1);
          value(a.get(i), depth + 1);
        }
        end(']', depth);
      }
      default -> text.append(value);
    }
  }

  private void line(int index, int depth) {
    text.append(index == 0 ? "\n" : ",\n").repeat("  ", depth);
  }

  private void end(char bracket, int depth) {
    text.append('\n').repeat("  ", depth).append(bracket);
  }
}
