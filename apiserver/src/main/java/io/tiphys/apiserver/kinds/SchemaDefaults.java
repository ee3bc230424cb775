package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the static defaults of the schema: fields that are absent or null. Runs before a kind's
 * own {@link io.tiphys.apiserver.resource.Strategy#defaults}.
 */
public final class SchemaDefaults {
  private static final String SPEC = "spec";

  private SchemaDefaults() {}

  /** An API object with the defaults of its type. A kind with a spec always gets one. */
  public static JsonObject apply(StructType type, JsonObject object) {
    Field spec = type.field(SPEC);
    JsonObject whole =
        spec != null && spec.type() instanceof StructType && isAbsent(object.get(SPEC))
            ? object.with(SPEC, JsonObject.EMPTY)
            : object;
    return struct(type, whole);
  }

  private static JsonObject struct(StructType type, JsonObject object) {
    JsonObject result = object;
    for (Field field : type.fields()) {
      Json value = object.get(field.name());
      Json wanted = isAbsent(value) ? field.defaultValue() : value;
      if (wanted != null) {
        Json filled = value(field.type(), wanted);
        if (filled != value) {
          result = result.with(field.name(), filled);
        }
      }
    }
    return result;
  }

  private static Json value(Type type, Json value) {
    return switch (type) {
      case StructType struct when value instanceof JsonObject object -> struct(struct, object);
      case ListType list when value instanceof JsonArray items -> items(list.item(), items);
      case MapType map
          when value instanceof JsonObject object && map.value() instanceof StructType ->
          entries(map.value(), object);
      default -> value;
    };
  }

  private static JsonArray items(Type type, JsonArray items) {
    if (!(type instanceof StructType)) {
      return items;
    }
    JsonArray result = items;
    for (int i = 0; i < items.size(); i++) {
      result = result.with(i, value(type, items.get(i)));
    }
    return result;
  }

  private static JsonObject entries(Type type, JsonObject map) {
    JsonObject result = map;
    for (int i = 0; i < map.size(); i++) {
      result = result.with(map.key(i), value(type, map.value(i)));
    }
    return result;
  }

  private static boolean isAbsent(@Nullable Json value) {
    return value == null || value == JsonNull.NULL;
  }
}
