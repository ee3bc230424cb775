package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.ScalarType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields that an applied configuration sets, and what of it does not fit the schema. A
 * struct's field that holds fields is not owned itself; an entry of a map or list is.
 */
final class FieldExtractor {
  private final List<String> faults = new ArrayList<>();
  private final List<String> path = new ArrayList<>();

  private FieldExtractor() {}

  /** What was found; {@code faults} is empty if the configuration fits. */
  record Result(FieldSet fields, List<String> faults) {
    /** The faults as upstream lists them. */
    String message() {
      return faults.size() == 1 ? faults.getFirst() : "errors:\n  " + String.join("\n  ", faults);
    }
  }

  static Result extract(JsonObject object, @Nullable Type type) {
    FieldExtractor extractor = new FieldExtractor();
    JsonObject node = extractor.node(object, type, false);
    FieldSet set = node == null ? FieldSet.EMPTY : new FieldSet(FieldNodes.withoutSelf(node));
    return new Result(set, List.copyOf(extractor.faults));
  }

  private @Nullable JsonObject node(Json value, @Nullable Type type, boolean member) {
    if (Shapes.isGranular(type, value)) {
      return map((JsonObject) value, type, member);
    }
    ListType list = Shapes.keyedList(type, value);
    if (list != null) {
      return list((JsonArray) value, list, member);
    }
    check(value, type);
    return JsonObject.EMPTY;
  }

  private @Nullable JsonObject map(JsonObject map, @Nullable Type type, boolean member) {
    FieldNodes.Builder builder = new FieldNodes.Builder(member, map.size());
    for (int i = 0; i < map.size(); i++) {
      String key = map.key(i);
      Json value = map.value(i);
      String step = PathElement.field(key);
      path.add(step);
      boolean named = Shapes.isNamed(type, key);
      if (type instanceof StructType && !named) {
        fault("field not declared in schema");
      }
      boolean empty = value == JsonNull.NULL || value.equals(JsonObject.EMPTY);
      builder.put(step, node(value, Shapes.child(type, key), empty || !named));
      path.removeLast();
    }
    return builder.build();
  }

  private @Nullable JsonObject list(JsonArray list, ListType type, boolean member) {
    FieldNodes.Builder builder = new FieldNodes.Builder(member, list.size());
    Map<String, Integer> seen = HashMap.newHashMap(list.size());
    for (int i = 0; i < list.size(); i++) {
      try {
        String step = PathElement.item(type, list.get(i));
        path.add(step);
        if (seen.putIfAbsent(step, i) != null) {
          path.removeLast();
          fault("duplicate entries for key " + PathElement.display(List.of(step)));
          continue;
        }
        builder.put(step, node(list.get(i), type.item(), true));
        path.removeLast();
      } catch (ElementException e) {
        fault("element " + i + ": " + e.getMessage());
      }
    }
    return builder.build();
  }

  private void fault(String message) {
    faults.add(PathElement.display(path) + ": " + message);
  }

  private void check(Json value, @Nullable Type type) {
    if (value == JsonNull.NULL || type == null) {
      return;
    }
    String expected =
        switch (type) {
          case StructType _, MapType _ -> value instanceof JsonObject ? "" : "map";
          case ListType _ -> value instanceof JsonArray ? "" : "list";
          case ScalarType scalar -> expected(scalar, value);
        };
    if (!expected.isEmpty()) {
      fault("expected " + expected + ", got " + value);
    }
  }

  private static String expected(ScalarType type, Json value) {
    boolean number = value instanceof JsonNumber;
    boolean string = value instanceof JsonString;
    return switch (type) {
      case STRING, BYTES, TIME, MICRO_TIME, DURATION -> string ? "" : "string";
      case BOOL -> value instanceof JsonBool ? "" : "boolean";
      case INT32, INT64, DOUBLE -> number ? "" : "numeric (int or float)";
      case QUANTITY, INT_OR_STRING -> string || number ? "" : "a scalar (string or number)";
      case ANY, FIELDS_V1, JSON, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> "";
    };
  }
}
