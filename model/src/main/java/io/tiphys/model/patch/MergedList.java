package io.tiphys.model.patch;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.schema.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Merges lists for strategic merge patches: scalars as a set, objects by their merge key.
 *
 * <p>Order: the patch's items stay in its order, the others in theirs; an item of the others comes
 * before the first item of the patch that it preceded in the original list (kubernetes/community,
 * "Order Preservation in Strategic Merge Patch"). So new items come first.
 */
final class MergedList {
  private MergedList() {}

  /**
   * @param key the merge key; {@code ""} for lists of scalars
   */
  static JsonArray merge(JsonArray original, JsonArray patch, String key, @Nullable Type itemType) {
    if (original.isEmpty() && patch.isEmpty()) {
      return original;
    }
    checkItems(original, patch);
    Json first = patch.isEmpty() ? original.get(0) : patch.get(0);
    if (!(first instanceof JsonObject)) {
      Set<Json> union = new LinkedHashSet<>(original.list());
      union.addAll(patch.list());
      return order(JsonArray.of(union), patch, original, "");
    }
    if (key.isEmpty()) {
      throw PatchException.malformed("cannot merge lists without merge key for type struct");
    }
    return mergeObjects(original, patch, key, itemType);
  }

  private static void checkItems(JsonArray original, JsonArray patch) {
    String type = "";
    for (Json item : Stream.concat(original.stream(), patch.stream()).toList()) {
      if (item instanceof JsonArray) {
        throw PatchException.notApplicable("lists of lists are not supported");
      }
      if (item == JsonNull.NULL || (!type.isEmpty() && !type.equals(item.typeName()))) {
        throw PatchException.malformed(
            "list element types are not identical: ["
                + GoText.of(original)
                + " "
                + GoText.of(patch)
                + "]");
      }
      type = item.typeName();
    }
  }

  private static JsonArray mergeObjects(
      JsonArray original, JsonArray patch, String key, @Nullable Type itemType) {
    List<JsonObject> changes = new ArrayList<>();
    Set<Json> gone = new LinkedHashSet<>();
    boolean replace = false;
    for (JsonObject item : patch.objects().toList()) {
      switch (item.get(StrategicMergePatch.PATCH)) {
        case null -> changes.add(item);
        case JsonString(String s) when s.equals("delete") -> gone.add(keyOf(item, key));
        case JsonString(String s) when s.equals("replace") -> replace = true;
        case JsonString(String s) when s.equals("merge") ->
            throw PatchException.malformed("merging lists cannot yet be specified in the patch");
        case Json other -> throw StrategicMergePatch.unknown(other, item);
      }
    }
    List<Json> kept =
        original.stream().filter(i -> !gone.contains(((JsonObject) i).get(key))).toList();
    if (replace) {
      return JsonArray.of(changes.stream().map(c -> clean(c, itemType)).toList());
    }
    JsonArray base = JsonArray.of(kept);
    List<Json> merged = new ArrayList<>(kept);
    Map<Json, Integer> positions = positions(base, key);
    for (JsonObject change : changes) {
      Json id = keyOf(change, key);
      Integer at = positions.get(id);
      if (at != null) {
        merged.set(at, StrategicMergePatch.merge((JsonObject) merged.get(at), change, itemType));
      } else {
        positions.put(id, merged.size());
        merged.add(clean(change, itemType));
      }
    }
    return order(JsonArray.of(merged), JsonArray.of(changes), base, key);
  }

  /** An item as it stands when there was none before: without nulls and directives. */
  private static JsonObject clean(JsonObject item, @Nullable Type itemType) {
    return StrategicMergePatch.merge(JsonObject.EMPTY, item, itemType);
  }

  private static Json keyOf(Json item, String key) {
    if (key.isEmpty()) {
      return item;
    }
    if (!(item instanceof JsonObject object)) {
      throw PatchException.malformed(
          "expected a map[string]interface {}, but received a " + GoText.typeOf(item));
    }
    Json value = object.get(key);
    if (value == null) {
      throw PatchException.malformed(
          "map: " + GoText.of(item) + " does not contain declared merge key: " + key);
    }
    return value;
  }

  /** The first position of each item's key. */
  private static Map<Json, Integer> positions(JsonArray list, String key) {
    Map<Json, Integer> positions = HashMap.newHashMap(list.size());
    for (int i = 0; i < list.size(); i++) {
      positions.putIfAbsent(keyOf(list.get(i), key), i);
    }
    return positions;
  }

  /** Sorts a merged list: what {@code wanted} names in its order, the rest as in the original. */
  static JsonArray order(JsonArray merged, JsonArray wanted, JsonArray original, String key) {
    Map<Json, Integer> wantedAt = positions(wanted, key);
    Map<Json, Integer> originalAt = positions(original, key);
    List<Json> named = new ArrayList<>();
    List<Json> others = new ArrayList<>();
    for (Json item : merged) {
      (wantedAt.containsKey(keyOf(item, key)) ? named : others).add(item);
    }
    named.sort(Comparator.comparingInt(i -> position(wantedAt, i, key)));
    others.sort(Comparator.comparingInt(i -> position(originalAt, i, key)));
    List<Json> result = new ArrayList<>(merged.size());
    int next = 0;
    for (Json item : named) {
      Integer bound = originalAt.get(keyOf(item, key));
      while (bound != null
          && next < others.size()
          && position(originalAt, others.get(next), key) < bound) {
        result.add(others.get(next++));
      }
      result.add(item);
    }
    result.addAll(others.subList(next, others.size()));
    return JsonArray.of(result);
  }

  private static int position(Map<Json, Integer> positions, Json item, String key) {
    return positions.getOrDefault(keyOf(item, key), Integer.MAX_VALUE);
  }

  /** Checks that a patch names its items in the order of its {@code $setElementOrder}. */
  static void checkOrder(JsonArray patch, JsonArray wanted, String key) {
    if (patch.isEmpty() || wanted.isEmpty()) {
      return;
    }
    int at = 0;
    for (Json item : patch) {
      if (item instanceof JsonObject o && o.has(StrategicMergePatch.PATCH)) {
        continue;
      }
      Json id = keyOf(item, key);
      while (at < wanted.size() && !keyOf(wanted.get(at), key).equals(id)) {
        at++;
      }
      if (at == wanted.size()) {
        throw PatchException.malformed(
            "The order in patch list:\n"
                + GoText.of(patch)
                + "\n doesn't match $setElementOrder list:\n"
                + GoText.of(wanted)
                + "\n");
      }
      at++;
    }
  }
}
