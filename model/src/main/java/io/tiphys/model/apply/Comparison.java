package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of an object. Subtrees that both share are not looked at.
 *
 * @param set the fields that are new or have another value
 * @param removed the fields that are gone
 */
@SuppressWarnings("ReferenceEquality") // what has not changed is the same tree
record Comparison(FieldSet set, FieldSet removed) {

  private static final Comparison SAME = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY);

  /**
   * Fields that hold a struct by value in Go: they exist in every object there, so nobody owns
   * them. The schema does not tell them from pointers, which have owners.
   */
  private static final Set<String> ALWAYS_PRESENT =
      Set.of(
          "metadata",
          "spec",
          "status",
          "template",
          "strategy",
          "updateStrategy",
          "resources",
          "jobTemplate",
          "roleRef",
          "scaleTargetRef");

  static Comparison of(JsonObject before, JsonObject after, @Nullable Type type) {
    if (before == after) {
      return SAME;
    }
    Nodes nodes = map(before, after, type, false);
    return new Comparison(root(nodes.set), root(nodes.removed));
  }

  private static FieldSet root(@Nullable JsonObject node) {
    return node == null || node.isEmpty()
        ? FieldSet.EMPTY
        : new FieldSet(FieldNodes.withoutSelf(node));
  }

  boolean isSame() {
    return set.isEmpty() && removed.isEmpty();
  }

  Comparison without(FieldSet ignored) {
    return ignored.isEmpty()
        ? this
        : new Comparison(set.recursiveDifference(ignored), removed.recursiveDifference(ignored));
  }

  /** The two sets' nodes for one place. */
  private record Nodes(@Nullable JsonObject set, @Nullable JsonObject removed) {
    static final Nodes NONE = new Nodes(null, null);
    static final Nodes SET = new Nodes(JsonObject.EMPTY, null);
    static final Nodes REMOVED = new Nodes(null, JsonObject.EMPTY);
  }

  /** Collects both sets' nodes for the places below one. */
  private static final class Builder {
    private final FieldNodes.Builder set;
    private final FieldNodes.Builder removed;

    Builder(boolean added, boolean gone) {
      set = new FieldNodes.Builder(added);
      removed = new FieldNodes.Builder(gone);
    }

    void put(String step, Nodes nodes) {
      set.put(step, nodes.set);
      removed.put(step, nodes.removed);
    }

    Nodes build() {
      return new Nodes(set.build(), removed.build());
    }
  }

  /** Compares two values; a Java null is an absent one. */
  private static Nodes compare(
      @Nullable Json old, @Nullable Json now, @Nullable Type type, boolean alwaysPresent) {
    Json before = old == JsonNull.NULL && isContainer(now) ? null : old;
    Json after = now == JsonNull.NULL && isContainer(old) ? null : now;
    Json some = after != null ? after : before;
    if (before == after || some == null) {
      return Nodes.NONE;
    }
    boolean sameForm = before == null || after == null || before.getClass() == after.getClass();
    if (sameForm && !isEmpty(before, after)) {
      if (Shapes.isGranular(type, some)) {
        return map((JsonObject) before, (JsonObject) after, type, alwaysPresent);
      }
      ListType list = Shapes.keyedList(type, some);
      if (list != null) {
        return list((JsonArray) before, (JsonArray) after, list, alwaysPresent);
      }
    }
    if (before == null) {
      return Nodes.SET;
    }
    if (after == null) {
      return Nodes.REMOVED;
    }
    return before.equals(after) ? Nodes.NONE : Nodes.SET;
  }

  private static boolean isContainer(@Nullable Json value) {
    return value instanceof JsonObject || value instanceof JsonArray;
  }

  /** Whether neither holds anything: then the two are compared as a whole. */
  private static boolean isEmpty(@Nullable Json before, @Nullable Json after) {
    return (before == null || before.isZero()) && (after == null || after.isZero());
  }

  private static Nodes map(
      @Nullable JsonObject before,
      @Nullable JsonObject after,
      @Nullable Type type,
      boolean alwaysPresent) {
    JsonObject a = before == null ? JsonObject.EMPTY : before;
    JsonObject b = after == null ? JsonObject.EMPTY : after;
    @Nullable Builder builder =
        alwaysPresent || (before != null && after != null)
            ? null
            : new Builder(before == null, after == null);
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      int order = i == a.size() ? 1 : j == b.size() ? -1 : a.key(i).compareTo(b.key(j));
      String key = order <= 0 ? a.key(i) : b.key(j);
      Json left = order <= 0 ? a.value(i++) : null;
      Json right = order >= 0 ? b.value(j++) : null;
      if (left != right) {
        Nodes nodes = compare(left, right, Shapes.child(type, key), isAlwaysPresent(type, key));
        if (nodes.set != null || nodes.removed != null) {
          builder = builder == null ? new Builder(false, false) : builder;
          builder.put(PathElement.field(key), nodes);
        }
      }
    }
    return builder == null ? Nodes.NONE : builder.build();
  }

  private static boolean isAlwaysPresent(@Nullable Type type, String key) {
    if (!(type instanceof StructType struct)) {
      return false;
    }
    Field field = struct.field(key);
    if (field == null) {
      return false;
    }
    return field.type() instanceof StructType ? ALWAYS_PRESENT.contains(key) : field.required();
  }

  private static Nodes list(
      @Nullable JsonArray before, @Nullable JsonArray after, ListType type, boolean alwaysPresent) {
    Builder builder =
        alwaysPresent ? new Builder(false, false) : new Builder(before == null, after == null);
    JsonArray a = before == null ? JsonArray.EMPTY : before;
    JsonArray b = after == null ? JsonArray.EMPTY : after;
    if (!pairwise(a, b, type, builder)) {
      Map<String, Json> old = items(a, type);
      Map<String, Json> now = items(b, type);
      now.forEach((step, item) -> put(builder, step, old.get(step), item, type));
      old.forEach((step, item) -> {
        if (!now.containsKey(step)) {
          put(builder, step, item, null, type);
        }
      });
    }
    return builder.build();
  }

  private static void put(
      Builder builder, String step, @Nullable Json before, @Nullable Json after, ListType type) {
    builder.put(step, compare(before, after, type.item(), false));
  }

  /** Compares lists that have the same items in the same order, as most do. */
  private static boolean pairwise(JsonArray a, JsonArray b, ListType type, Builder builder) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!hasSameKey(a.get(i), b.get(i), type)) {
        return false;
      }
    }
    for (int i = 0; i < a.size(); i++) {
      Nodes nodes = compare(a.get(i), b.get(i), type.item(), false);
      if (nodes.set != null || nodes.removed != null) {
        builder.put(step(b.get(i), i, type), nodes);
      }
    }
    return true;
  }

  private static boolean hasSameKey(Json a, Json b, ListType type) {
    if (a == b) {
      return true;
    }
    if (type.topology() == ListType.Topology.SET) {
      return a.equals(b);
    }
    if (!(a instanceof JsonObject left) || !(b instanceof JsonObject right)) {
      return false;
    }
    for (String key : type.mapKeys()) {
      Json value = left.get(key);
      if (value == null ? right.has(key) : !value.equals(right.get(key))) {
        return false;
      }
    }
    return true;
  }

  /** The items by their steps; several with the same key are one value. */
  private static Map<String, Json> items(JsonArray list, ListType type) {
    Map<String, Json> items = LinkedHashMap.newLinkedHashMap(list.size());
    for (int i = 0; i < list.size(); i++) {
      Json item = list.get(i);
      items.merge(
          step(item, i, type),
          item,
          (first, next) ->
              first instanceof JsonArray several
                  ? several.append(next)
                  : JsonArray.of(first, next));
    }
    return items;
  }

  /** Stored objects may be older than the schema: an item without its key goes by its index. */
  static String step(Json item, int index, ListType type) {
    try {
      return PathElement.item(type, item);
    } catch (ElementException e) {
      return "i:" + index;
    }
  }
}
