package io.tiphys.model.schema;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;

/**
 * Fills in the defaults that the schema states: an absent field becomes what {@link
 * Field#defaultValue()} says, whatever the rest of the object. A default that is an object gets its
 * own fields' defaults too. Parts that lack nothing are returned as they are.
 */
public final class Defaults {
  private Defaults() {}

  public static JsonObject apply(StructType type, JsonObject object) {
    JsonObject result = object;
    for (Field field : type.sorted()) {
      Json value = object.get(field.name());
      if (value == null) {
        value = field.defaultValue();
      }
      if (value != null) {
        result = result.with(field.name(), value(field.type(), value));
      }
    }
    return result;
  }

  private static Json value(Type type, Json value) {
    return switch (type) {
      case StructType struct when value instanceof JsonObject object -> apply(struct, object);
      case ListType list when value instanceof JsonArray array && isDeep(list.item()) ->
          items(list.item(), array);
      case MapType map when value instanceof JsonObject object && isDeep(map.value()) ->
          values(map.value(), object);
      default -> value;
    };
  }

  private static boolean isDeep(Type type) {
    return !(type instanceof ScalarType);
  }

  private static JsonArray items(Type type, JsonArray array) {
    JsonArray result = array;
    for (int i = 0; i < array.size(); i++) {
      result = result.with(i, value(type, array.get(i)));
    }
    return result;
  }

  private static JsonObject values(Type type, JsonObject object) {
    JsonObject result = object;
    for (int i = 0; i < object.size(); i++) {
      result = result.with(object.key(i), value(type, object.value(i)));
    }
    return result;
  }
}
