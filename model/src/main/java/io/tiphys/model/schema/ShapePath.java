package io.tiphys.model.schema;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Where {@link Shape} is in a tree, for its messages. Confined to one thread. */
final class ShapePath {
  /** Fields as String, items of lists as Integer, keys of maps as {@link Key}. */
  private final List<Object> steps = new ArrayList<>();

  private StructType struct;

  /** A key of a map; Go's messages about types leave it out. */
  record Key(String name) {}

  ShapePath(StructType root) {
    struct = root;
  }

  void push(Object step) {
    steps.add(step);
  }

  void pop() {
    steps.removeLast();
  }

  /** Returns the struct that {@link #leave} goes back to. */
  StructType enter(StructType inner) {
    StructType outer = struct;
    struct = inner;
    return outer;
  }

  void leave(StructType outer) {
    struct = outer;
  }

  /** The innermost struct. */
  StructType struct() {
    return struct;
  }

  ShapeException mismatch(Json value, Type expected) {
    return mismatch(goKind(value), goName(expected));
  }

  /** A number that does not fit; its text is part of the message. */
  ShapeException outOfRange(JsonNumber value, Type expected) {
    return mismatch("number " + value, goName(expected));
  }

  ShapeException mismatch(String found, String expected) {
    StringBuilder fields = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof String field) {
        fields.append('.').append(field);
      }
    }
    return new ShapeException(
        fields.isEmpty()
            ? "json: cannot unmarshal " + found + " into Go value of type " + expected
            : "json: cannot unmarshal "
                + found
                + " into Go struct field "
                + simpleName(struct)
                + fields
                + " of type "
                + expected);
  }

  private static String goKind(Json value) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case JsonString _ -> "string";
      case JsonNumber _ -> "number";
      case JsonBool _ -> "bool";
      case JsonNull _ -> "null";
    };
  }

  private static String goName(Type type) {
    return switch (type) {
      case StructType s -> {
        String[] names = s.name().split("\\.", -1);
        yield names[names.length - 2] + "." + names[names.length - 1];
      }
      case ListType l -> "[]" + goName(l.item());
      case MapType m -> "map[string]" + goName(m.value());
      case ScalarType s ->
          switch (s) {
            case BOOL -> "bool";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case DOUBLE -> "float64";
            case BYTES -> "[]uint8";
            case QUANTITY -> "resource.Quantity";
            case INT_OR_STRING -> "intstr.IntOrString";
            case STRING, TIME, MICRO_TIME, DURATION -> "string";
            case ANY -> "runtime.RawExtension";
            case FIELDS_V1 -> "v1.FieldsV1";
            case JSON -> "v1.JSON";
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> "v1.JSONSchemaProps";
          };
    };
  }

  private static String simpleName(StructType type) {
    return type.name().substring(type.name().lastIndexOf('.') + 1);
  }

  /** As the strict decoder names fields: {@code spec.containers[0].foo}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof Integer index) {
        text.append('[').append(index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".");
        text.append(step instanceof Key key ? key.name() : step);
      }
    }
    return text.toString();
  }
}
