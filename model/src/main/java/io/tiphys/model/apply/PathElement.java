package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.StructType;
import java.util.ArrayList;
import java.util.List;

/** The steps of paths as {@code FieldsV1} writes them, and as messages show them. */
final class PathElement {
  private PathElement() {}

  static String field(String name) {
    return "f:" + name;
  }

  /**
   * The step to an item of a map or set list.
   *
   * @throws ElementException if the item has no key or value of the right form
   */
  static String item(ListType list, Json item) {
    if (list.topology() == ListType.Topology.SET) {
      return switch (item) {
        case JsonObject _ ->
            throw new ElementException(
                "associative list without keys has an element that's a map type");
        case JsonArray _ ->
            throw new ElementException("not supported: associative list with lists as elements");
        case JsonNull _ ->
            throw new ElementException(
                "associative list without keys has an element that's an explicit null");
        default -> "v:" + item;
      };
    }
    if (item == JsonNull.NULL) {
      throw new ElementException("associative list with keys may not have a null element");
    }
    if (!(item instanceof JsonObject object)) {
      throw new ElementException("associative list with keys may not have non-map elements");
    }
    JsonObject.Builder keys = new JsonObject.Builder(list.mapKeys().size());
    for (String key : list.mapKeys()) {
      keys.put(key, keyValue(list, object, key));
    }
    return "k:" + keys.build();
  }

  private static Json keyValue(ListType list, JsonObject item, String key) {
    Json value = item.get(key);
    if (value == null && list.item() instanceof StructType struct) {
      Field field = struct.field(key);
      value = field == null ? null : field.defaultValue();
    }
    if (value == null) {
      throw new ElementException(
          "associative list with keys has an element that omits key field "
              + JsonString.of(key)
              + " (and doesn't have default value)");
    }
    return value;
  }

  /** A step that a client wrote, in the form used here. */
  static String canonical(String step) {
    if (step.startsWith("f:")) {
      return step;
    }
    String rest = step.length() > 2 ? step.substring(2) : "";
    if (step.startsWith("k:") && Json.parse(rest) instanceof JsonObject keys) {
      return "k:" + keys;
    }
    if (step.startsWith("v:")) {
      return "v:" + Json.parse(rest);
    }
    if (step.startsWith("i:")) {
      return "i:" + Json.parse(rest);
    }
    throw new JsonException("fieldsV1: no path element: " + JsonString.of(step));
  }

  /** A path as messages show it: <code>.spec.containers[name="web"].image</code>. */
  static String display(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String step : path) {
      String rest = step.substring(2);
      switch (step.charAt(0)) {
        case 'f' -> text.append('.').append(rest);
        case 'k' -> text.append('[').append(keys((JsonObject) Json.parse(rest))).append(']');
        case 'v' -> text.append("[=").append(rest).append(']');
        default -> text.append('[').append(rest).append(']');
      }
    }
    return text.toString();
  }

  private static String keys(JsonObject keys) {
    List<String> parts = new ArrayList<>();
    keys.forEach((key, value) -> parts.add(key + "=" + value));
    return String.join(",", parts);
  }
}
