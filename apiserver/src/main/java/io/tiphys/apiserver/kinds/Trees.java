package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Small edits of trees; each returns its argument itself if nothing changes. */
public final class Trees {
  private Trees() {}

  /** Sets a field if it is absent or null. */
  public static JsonObject setIfAbsent(JsonObject object, String field, Json value) {
    Json now = object.get(field);
    return now == null || now == JsonNull.NULL ? object.with(field, value) : object;
  }

  /** Sets a string if it is absent or empty. */
  public static JsonObject setIfEmpty(JsonObject object, String field, String value) {
    return object.string(field).isEmpty() ? object.with(field, value) : object;
  }

  /** Changes the object under a field, if there is one. */
  public static JsonObject change(
      JsonObject object, String field, UnaryOperator<JsonObject> change) {
    return object.get(field) instanceof JsonObject o ? object.with(field, change.apply(o)) : object;
  }

  /** Changes each object of a list. */
  public static JsonObject changeEach(
      JsonObject object, String list, UnaryOperator<JsonObject> change) {
    if (!(object.get(list) instanceof JsonArray items)) {
      return object;
    }
    JsonArray changed = items;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonObject item) {
        changed = changed.with(i, change.apply(item));
      }
    }
    return changed == items ? object : object.with(list, changed);
  }

  /** The first object with a field as the second has it, or without it. */
  public static JsonObject keep(JsonObject updated, String field, JsonObject current) {
    Json before = current.get(field);
    return before == null ? updated.without(field) : updated.with(field, before);
  }

  /** As {@link #keep(JsonObject, String, JsonObject)} for a field of an object under a field. */
  public static JsonObject keepIn(
      JsonObject updated, String outer, String field, JsonObject current) {
    if (!updated.has(outer) && !current.object(outer).has(field)) {
      return updated;
    }
    return updated.with(outer, keep(updated.object(outer), field, current.object(outer)));
  }

  /** Whether values mean the same: absent, null and zero values do. */
  public static boolean same(@Nullable Json a, @Nullable Json b) {
    boolean aZero = a == null || a.isZero();
    boolean bZero = b == null || b.isZero();
    return (aZero || bZero) ? aZero == bZero : a.equals(b);
  }

  /** The items of a list by a string field; of items with the same string the first. */
  public static Map<String, JsonObject> byKey(JsonArray list, String key) {
    return list.objects()
        .collect(
            Collectors.toMap(
                item -> item.string(key), item -> item, (a, _) -> a, LinkedHashMap::new));
  }

  /** A number as a quantity or port shows it: a string, or a JSON number. */
  public static String text(@Nullable Json value) {
    return switch (value) {
      case JsonString s -> s.value();
      case JsonNumber n -> n.toString();
      case null, default -> "";
    };
  }
}
