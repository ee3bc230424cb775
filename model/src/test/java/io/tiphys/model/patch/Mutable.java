package io.tiphys.model.patch;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trees as mutable maps and lists, for models that do things in the most obvious way. */
final class Mutable {
  private Mutable() {}

  /** A copy; scalars stay as they are. */
  static Object of(Json tree) {
    return switch (tree) {
      case JsonObject o -> {
        Map<String, Object> map = new TreeMap<>();
        o.forEach((k, v) -> map.put(k, of(v)));
        yield map;
      }
      case JsonArray a -> new ArrayList<>(a.stream().map(Mutable::of).toList());
      default -> tree;
    };
  }

  static Json tree(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        JsonObject.Builder builder = new JsonObject.Builder();
        map.forEach((k, v) -> builder.put((String) k, tree(v)));
        yield builder.build();
      }
      case List<?> list -> JsonArray.of(list.stream().map(Mutable::tree).toList());
      case Json json -> json;
      case null, default -> throw new IllegalArgumentException("no tree: " + value);
    };
  }

  @SuppressWarnings("unchecked") // only this class makes these maps
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // only this class makes these lists
  static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
