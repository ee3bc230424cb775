package io.tiphys.model.yaml;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.List;

/**
 * Writes trees as {@code kubectl -o yaml} does: keys in natural order, list items not indented
 * below their key, strings quoted only where they need it, texts of several lines as blocks, long
 * lines folded after column 80.
 */
public final class YamlWriter {
  private static final int MAX_SIMPLE_KEY = 128;

  private final ScalarWriter out = new ScalarWriter();

  private YamlWriter() {}

  /** One document, ending in a line feed. */
  public static String write(Json value) {
    YamlWriter writer = new YamlWriter();
    writer.value(value, 0, false);
    return writer.out.text();
  }

  /** Several documents, with {@code ---} between them. */
  public static String writeAll(List<? extends Json> values) {
    return String.join("---\n", values.stream().map(YamlWriter::write).toList());
  }

  /** Writes a value that starts where the line is now; its further lines are indented. */
  private void value(Json value, int indent, boolean inMap) {
    switch (value) {
      case JsonObject o when !o.isEmpty() -> object(o, indent);
      case JsonArray a when !a.isEmpty() -> array(a, indent);
      case JsonObject _ -> line("{}");
      case JsonArray _ -> line("[]");
      case JsonNull _ -> line("null");
      case JsonBool b -> line(b.toString());
      case JsonNumber n -> line(n.isIntegral() ? n.toString() : YamlNumber.text(n.doubleValue()));
      case JsonString s -> {
        out.string(s.value(), inMap ? indent + 2 : indent);
        out.newLine();
      }
    }
  }

  private void line(String text) {
    out.raw(text);
    out.newLine();
  }

  private void object(JsonObject object, int indent) {
    List<String> keys = object.keys().stream().sorted(NaturalOrder.INSTANCE).toList();
    for (int i = 0; i < keys.size(); i++) {
      if (i > 0) {
        out.indent(indent);
      }
      String key = keys.get(i);
      entry(key, object.value(object.indexOf(key)), indent);
    }
  }

  private void entry(String key, Json value, int indent) {
    if (key.length() > MAX_SIMPLE_KEY || key.indexOf('\n') >= 0) {
      out.raw("? ");
      out.string(key, indent + 2);
      out.newLine();
      out.indent(indent);
      out.raw(":");
    } else {
      out.key(key);
      out.raw(":");
    }
    switch (value) {
      case JsonObject o when !o.isEmpty() -> nested(o, indent + 2);
      case JsonArray a when !a.isEmpty() -> nested(a, indent);
      default -> {
        out.raw(" ");
        value(value, indent, true);
      }
    }
  }

  private void nested(Json value, int indent) {
    out.newLine();
    out.indent(indent);
    value(value, indent, true);
  }

  private void array(JsonArray array, int indent) {
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        out.indent(indent);
      }
      out.raw("- ");
      value(array.get(i), indent + 2, false);
    }
  }
}
