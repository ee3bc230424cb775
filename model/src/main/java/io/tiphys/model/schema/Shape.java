package io.tiphys.model.schema;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits decoded trees to their types, with the effect that decoding into Go structs and encoding
 * again has upstream: wrong types are refused; unknown fields are dropped and reported; nulls, and
 * zeros that mean absent, are dropped; quantities, times and durations get their canonical form.
 *
 * <p>One pass over the tree; what is in shape already is returned as it is.
 */
public final class Shape {
  /** Upstream reports no more than this many unknown fields. */
  private static final int MAX_UNKNOWN = 100;

  private final ShapePath path;
  private @Nullable List<String> unknown;

  private Shape(StructType root) {
    path = new ShapePath(root);
  }

  /**
   * A tree in shape.
   *
   * @param unknown the paths of dropped fields, such as {@code spec.foo} or {@code
   *     spec.containers[0].foo}; at most {@value #MAX_UNKNOWN}
   */
  public record Result(JsonObject value, List<String> unknown) {}

  /**
   * Fits a tree to its type.
   *
   * @throws ShapeException if a value is not of its field's type; the message is upstream's, such
   *     as {@code json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas
   *     of type int32}
   */
  public static Result fit(JsonObject tree, StructType type) {
    Shape shape = new Shape(type);
    JsonObject value = shape.struct(tree, type);
    return new Result(value, shape.unknown == null ? List.of() : List.copyOf(shape.unknown));
  }

  @SuppressWarnings("ReferenceEquality") // what is in shape is returned itself
  private JsonObject struct(JsonObject object, StructType type) {
    Field[] fields = type.sorted();
    StructType outer = path.enter(type);
    JsonObject.Builder changed = null;
    int f = 0;
    for (int i = 0; i < object.size(); i++) {
      String key = object.key(i);
      while (f < fields.length && !key.equals(fields[f].name()) && precedes(fields[f], key)) {
        f++;
      }
      Json value = object.value(i);
      Json fit = null;
      if (f < fields.length && fields[f].name().equals(key)) {
        Field field = fields[f++];
        path.push(key);
        fit = value(value, field.type());
        path.pop();
        if (fit != null && !field.zeroKept() && fit.isZero()) {
          fit = null;
        }
      } else {
        report(key);
      }
      if (fit != value && changed == null) {
        changed = new JsonObject.Builder(object.size());
        for (int j = 0; j < i; j++) {
          changed.put(object.key(j), object.value(j));
        }
      }
      if (changed != null && fit != null) {
        changed.put(key, fit);
      }
    }
    path.leave(outer);
    return changed == null ? object : changed.build();
  }

  private static boolean precedes(Field field, String key) {
    return field.name().compareTo(key) < 0;
  }

  /** The value in shape; null if it amounts to an absent one. */
  private @Nullable Json value(Json value, Type type) {
    if (value == JsonNull.NULL && type != ScalarType.JSON) {
      return null;
    }
    return switch (type) {
      case StructType struct when value instanceof JsonObject object -> struct(object, struct);
      case ListType list when value instanceof JsonArray array -> list(array, list);
      case MapType map when value instanceof JsonObject object -> map(object, map);
      case ScalarType scalar -> scalar(value, scalar);
      default -> throw path.mismatch(value, type);
    };
  }

  @SuppressWarnings("ReferenceEquality") // what is in shape is returned itself
  private Json list(JsonArray array, ListType type) {
    List<Json> changed = null;
    for (int i = 0; i < array.size(); i++) {
      Json value = array.get(i);
      path.push(i);
      Json fit = value(value, type.item());
      path.pop();
      if (fit == null) {
        fit = zero(type.item());
      }
      if (fit != value && changed == null) {
        changed = new ArrayList<>(array.list());
      }
      if (changed != null) {
        changed.set(i, fit);
      }
    }
    return changed == null ? array : JsonArray.of(changed);
  }

  @SuppressWarnings("ReferenceEquality") // what is in shape is returned itself
  private Json map(JsonObject object, MapType type) {
    JsonObject result = object;
    for (int i = 0; i < object.size(); i++) {
      Json value = object.value(i);
      path.push(new ShapePath.Key(object.key(i)));
      Json fit = value(value, type.value());
      path.pop();
      if (fit != value) {
        result = result.with(object.key(i), fit == null ? zero(type.value()) : fit);
      }
    }
    return result;
  }

  private Json scalar(Json value, ScalarType type) {
    if (type == ScalarType.STRING && value instanceof JsonString) {
      return value;
    }
    return switch (type) {
      case SCHEMA_OR_BOOL, SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> schema(value, type);
      default -> ScalarShape.fit(value, type, path);
    };
  }

  /** Values within a JSONSchemaProps that may be a JSONSchemaProps too. */
  private Json schema(Json value, ScalarType type) {
    StructType schema = path.struct();
    return switch (value) {
      case JsonObject object -> struct(object, schema);
      case JsonArray array when type == ScalarType.SCHEMA_OR_ARRAY ->
          list(array, new ListType(schema, ListType.Topology.ATOMIC, List.of()));
      case JsonArray array when type == ScalarType.SCHEMA_OR_STRINGS ->
          list(array, new ListType(ScalarType.STRING, ListType.Topology.ATOMIC, List.of()));
      default -> {
        if (type == ScalarType.SCHEMA_OR_BOOL && value.typeName().equals("boolean")) {
          yield value;
        }
        throw new ShapeException(
            type == ScalarType.SCHEMA_OR_BOOL
                ? "boolean or JSON schema expected"
                : "expected JSON schema or array");
      }
    };
  }

  /** What a null within a list or map becomes. */
  private static Json zero(Type type) {
    return switch (type) {
      case StructType _, MapType _ -> JsonObject.EMPTY;
      case ListType _ -> JsonArray.EMPTY;
      case ScalarType scalar -> ScalarShape.zero(scalar);
    };
  }

  private void report(String field) {
    if (unknown == null) {
      unknown = new ArrayList<>();
    }
    if (unknown.size() < MAX_UNKNOWN) {
      path.push(field);
      unknown.add(path.toString());
      path.pop();
    }
  }
}
