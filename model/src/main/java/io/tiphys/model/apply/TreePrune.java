package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes the fields of a set from an object; what becomes empty by that goes too. */
@SuppressWarnings("ReferenceEquality") // what has not changed is the same tree
final class TreePrune {
  private TreePrune() {}

  static JsonObject remove(JsonObject object, FieldSet fields, @Nullable Type type) {
    return fields.isEmpty() ? object : map(object, fields.fields(), type);
  }

  private static @Nullable Json value(Json value, JsonObject node, @Nullable Type type) {
    if (Shapes.isGranular(type, value)) {
      JsonObject old = (JsonObject) value;
      JsonObject rest = map(old, node, type);
      return rest.isEmpty() && !old.isEmpty() ? null : rest;
    }
    ListType list = Shapes.keyedList(type, value);
    return list == null ? value : list((JsonArray) value, node, list);
  }

  private static JsonObject map(JsonObject map, JsonObject node, @Nullable Type type) {
    JsonObject result = map;
    for (int i = 0; i < map.size(); i++) {
      String key = map.key(i);
      if (node.get(PathElement.field(key)) instanceof JsonObject child) {
        Json rest =
            FieldNodes.isMember(child) ? null : value(map.value(i), child, Shapes.child(type, key));
        result = rest == null ? result.without(key) : result.with(key, rest);
      }
    }
    return result;
  }

  private static @Nullable Json list(JsonArray list, JsonObject node, ListType type) {
    List<Json> result = new ArrayList<>(list.size());
    boolean changed = false;
    for (int i = 0; i < list.size(); i++) {
      Json item = list.get(i);
      Json rest = item;
      if (node.get(Comparison.step(item, i, type)) instanceof JsonObject child) {
        rest = FieldNodes.isMember(child) ? null : value(item, child, type.item());
      }
      changed |= rest != item;
      if (rest != null) {
        result.add(rest);
      }
    }
    if (!changed) {
      return list;
    }
    return result.isEmpty() ? null : JsonArray.of(result);
  }
}
