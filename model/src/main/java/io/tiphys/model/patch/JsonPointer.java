package io.tiphys.model.patch;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree (RFC 6901): <code>/spec/containers/0/image</code>. As in upstream's library,
 * negative indexes count from the end of an array.
 *
 * @param text as written
 * @param keys the unescaped steps; empty for the whole tree
 */
record JsonPointer(String text, List<String> keys) {

  JsonPointer {
    keys = List.copyOf(keys);
  }

  /** A text without a slash leads nowhere: it has no steps. */
  static JsonPointer parse(String text) {
    List<String> keys = new ArrayList<>();
    int from = text.indexOf('/') + 1;
    while (from > 0) {
      int slash = text.indexOf('/', from);
      String step = slash < 0 ? text.substring(from) : text.substring(from, slash);
      keys.add(step.replace("~1", "/").replace("~0", "~"));
      from = slash + 1;
    }
    return new JsonPointer(text, keys);
  }

  boolean isRoot() {
    return text.isEmpty();
  }

  String last() {
    return keys.getLast();
  }

  /** The object or array that holds the value; null if there is none. */
  @Nullable Json parent(Json root) {
    Json at = keys.isEmpty() ? null : root;
    for (int i = 0; i < keys.size() - 1; i++) {
      at =
          switch (at) {
            case JsonObject o -> o.get(keys.get(i));
            case JsonArray a -> item(a, keys.get(i));
            case null, default -> null;
          };
    }
    return at instanceof JsonObject || at instanceof JsonArray ? at : null;
  }

  private static @Nullable Json item(JsonArray array, String key) {
    Integer index = index(key);
    if (index == null) {
      return null;
    }
    int at = index < 0 ? index + array.size() : index;
    return at >= 0 && at < array.size() ? array.get(at) : null;
  }

  /** A key as an index, or null if it is none. */
  static @Nullable Integer index(String key) {
    try {
      return Integer.valueOf(key);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The tree with the value's parent changed; the parent must exist. */
  Json changeParent(Json root, UnaryOperator<Json> change) {
    return change(root, 0, change);
  }

  private Json change(Json at, int depth, UnaryOperator<Json> change) {
    if (depth == keys.size() - 1) {
      return change.apply(at);
    }
    String key = keys.get(depth);
    if (at instanceof JsonArray array) {
      int index = Integer.parseInt(key);
      int from = index < 0 ? index + array.size() : index;
      return array.with(from, change(array.get(from), depth + 1, change));
    }
    JsonObject object = (JsonObject) at;
    Json child = object.get(key);
    return child == null ? at : object.with(key, change(child, depth + 1, change));
  }
}
