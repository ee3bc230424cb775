package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;

/** The defaults that the schema states, as simply as they can be applied. */
final class StaticDefaults {
  private StaticDefaults() {}

  static JsonObject of(StructType type, JsonObject object) {
    JsonObject result = object;
    for (Field field : type.fields()) {
      Json value = result.get(field.name());
      value = value == null ? field.defaultValue() : value;
      if (value != null) {
        result = result.with(field.name(), of(field.type(), value));
      }
    }
    return result;
  }

  private static Json of(Type type, Json value) {
    return switch (type) {
      case StructType struct when value instanceof JsonObject o -> of(struct, o);
      case ListType list when value instanceof JsonArray a ->
          JsonArray.of(a.stream().map(item -> of(list.item(), item)).toList());
      case MapType map when value instanceof JsonObject o -> {
        JsonObject.Builder builder = new JsonObject.Builder();
        o.forEach((key, item) -> builder.put(key, of(map.value(), item)));
        yield builder.build();
      }
      default -> value;
    };
  }
}
