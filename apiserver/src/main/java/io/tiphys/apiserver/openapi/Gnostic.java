package io.tiphys.apiserver.openapi;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Writes an OpenAPI v2 document in the protobuf form that old clients ask for: {@code
 * application/com.github.proto-openapi.spec.v2@v1.0+protobuf}, defined by gnostic's {@code
 * OpenAPIv2.proto}. The messages are data: for each the JSON keys with their field numbers.
 */
final class Gnostic {

  /** How the value under a JSON key becomes a protobuf field. */
  private sealed interface Form {

    /** A string, boolean or list of strings. */
    record Scalar(int number) implements Form {}

    /** A message, or a list of them. */
    record Nested(int number, String message) implements Form {}

    /** A map: a message with repeated (name, value) entries, under a field of that message. */
    record Entries(int number, String message, int entry) implements Form {}

    /** A value in YAML, in gnostic's Any. */
    record Any(int number) implements Form {}

    /** A message of one repeated field that holds this one value or list. */
    record Boxed(int number, String message) implements Form {}
  }

  private static Form scalar(int number) {
    return new Form.Scalar(number);
  }

  private static Form nested(int number, String message) {
    return new Form.Nested(number, message);
  }

  private static final Map<String, Map<String, Form>> MESSAGES =
      Map.of(
          "Document",
              Map.of(
                  "swagger",
                  scalar(1),
                  "info",
                  nested(2, "Info"),
                  "paths",
                  new Form.Entries(8, "PathItem", 2),
                  "definitions",
                  new Form.Entries(9, "Schema", 1)),
          "Info", Map.of("title", scalar(1), "version", scalar(2)),
          "PathItem",
              Map.of(
                  "get", nested(2, "Operation"),
                  "put", nested(3, "Operation"),
                  "post", nested(4, "Operation"),
                  "delete", nested(5, "Operation"),
                  "patch", nested(8, "Operation"),
                  "parameters", nested(9, "ParametersItem")),
          "Operation",
              Map.of(
                  "tags", scalar(1),
                  "description", scalar(3),
                  "operationId", scalar(5),
                  "produces", scalar(6),
                  "consumes", scalar(7),
                  "parameters", nested(8, "ParametersItem"),
                  "responses", new Form.Entries(9, "ResponseValue", 1),
                  "schemes", scalar(10)),
          "BodyParameter",
              Map.of(
                  "description", scalar(1),
                  "name", scalar(2),
                  "in", scalar(3),
                  "required", scalar(4),
                  "schema", nested(5, "Schema")),
          "QueryParameter",
              Map.of(
                  "required", scalar(1),
                  "in", scalar(2),
                  "description", scalar(3),
                  "name", scalar(4),
                  "type", scalar(6)),
          "PathParameter",
              Map.of(
                  "required", scalar(1),
                  "in", scalar(2),
                  "description", scalar(3),
                  "name", scalar(4),
                  "type", scalar(5)),
          "Response", Map.of("description", scalar(1), "schema", new Form.Boxed(2, "Schema")),
          "Schema",
              Map.ofEntries(
                  Map.entry("$ref", scalar(1)),
                  Map.entry("format", scalar(2)),
                  Map.entry("description", scalar(4)),
                  Map.entry("default", new Form.Any(5)),
                  Map.entry("required", scalar(19)),
                  Map.entry("additionalProperties", new Form.Boxed(21, "Schema")),
                  Map.entry("type", new Form.Boxed(22, "")),
                  Map.entry("items", new Form.Boxed(23, "Schema")),
                  Map.entry("properties", new Form.Entries(25, "Schema", 1))));

  /** Where a message keeps its {@code x-...} keys. */
  private static final Map<String, Integer> EXTENSIONS =
      Map.of("Schema", 31, "Operation", 13, "PathItem", 10);

  private Gnostic() {}

  static byte[] encode(JsonObject document) {
    return message("Document", document).toByteArray();
  }

  private static ByteString message(String name, JsonObject object) {
    return switch (name) {
      case "ParametersItem" -> parameter(object);
      case "ResponseValue" -> write(out -> out.writeBytes(1, plain("Response", object)));
      default -> plain(name, object);
    };
  }

  private static ByteString plain(String name, JsonObject object) {
    Map<String, Form> forms = MESSAGES.get(name);
    Integer extensions = EXTENSIONS.get(name);
    return write(out -> {
      for (int i = 0; i < object.size(); i++) {
        String key = object.key(i);
        Form form = forms.get(key);
        if (form != null) {
          field(out, form, object.value(i));
        } else if (extensions != null && key.startsWith("x-")) {
          out.writeBytes(extensions, named(key, any(object.value(i))));
        }
      }
    });
  }

  private static void field(CodedOutputStream out, Form form, Json value) throws IOException {
    switch (form) {
      case Form.Scalar(int number) -> scalar(out, number, value);
      case Form.Nested(int number, String message) -> {
        if (value instanceof JsonArray items) {
          for (JsonObject item : items.objects().toList()) {
            out.writeBytes(number, message(message, item));
          }
        } else {
          out.writeBytes(number, message(message, (JsonObject) value));
        }
      }
      case Form.Entries(int number, String message, int entry) ->
          out.writeBytes(number, entries((JsonObject) value, message, entry));
      case Form.Any(int number) -> out.writeBytes(number, any(value));
      case Form.Boxed(int number, String message) ->
          out.writeBytes(
              number,
              write(box -> {
                if (message.isEmpty()) {
                  scalar(box, 1, value);
                } else {
                  box.writeBytes(1, message(message, (JsonObject) value));
                }
              }));
    }
  }

  private static void scalar(CodedOutputStream out, int number, Json value) throws IOException {
    switch (value) {
      case JsonArray items -> {
        for (String item : items.strings().toList()) {
          out.writeString(number, item);
        }
      }
      case JsonBool bool -> out.writeBool(number, bool.value());
      case io.tiphys.model.json.JsonString text -> out.writeString(number, text.value());
      default -> throw new IllegalStateException("no scalar: " + value);
    }
  }

  private static ByteString entries(JsonObject map, String message, int entry) {
    return write(out -> {
      for (int i = 0; i < map.size(); i++) {
        out.writeBytes(entry, named(map.key(i), message(message, (JsonObject) map.value(i))));
      }
    });
  }

  private static ByteString parameter(JsonObject parameter) {
    ByteString choice =
        switch (parameter.string("in")) {
          case "body" -> write(out -> out.writeBytes(1, plain("BodyParameter", parameter)));
          case "path" -> nonBody(4, plain("PathParameter", parameter));
          default -> nonBody(3, plain("QueryParameter", parameter));
        };
    return write(out -> out.writeBytes(1, choice));
  }

  private static ByteString nonBody(int place, ByteString schema) {
    return write(out -> out.writeBytes(2, write(inner -> inner.writeBytes(place, schema))));
  }

  private static ByteString named(String name, ByteString value) {
    return write(out -> {
      out.writeString(1, name);
      out.writeBytes(2, value);
    });
  }

  /** JSON is YAML. */
  private static ByteString any(Json value) {
    return write(out -> out.writeString(2, value + "\n"));
  }

  private interface Body {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString write(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, 512);
    try {
      body.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
