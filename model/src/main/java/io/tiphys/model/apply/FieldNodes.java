package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Set algebra on the trees of {@link FieldSet}. A node is in the set if it is empty or has {@code
 * .}; null stands for a node that is neither in the set nor leads anywhere. What does not change is
 * returned as it is.
 */
@SuppressWarnings("ReferenceEquality") // what has not changed is the same tree
final class FieldNodes {
  static final String SELF = ".";

  private FieldNodes() {}

  static boolean isSelf(String key) {
    return key.equals(SELF);
  }

  static boolean isMember(JsonObject node) {
    return node.isEmpty() || isSelf(node.key(0));
  }

  /** The position of the first child: {@code .} sorts before all steps. */
  private static int firstChild(JsonObject node) {
    return !node.isEmpty() && isSelf(node.key(0)) ? 1 : 0;
  }

  static JsonObject withoutSelf(JsonObject node) {
    return firstChild(node) == 1 ? node.without(SELF) : node;
  }

  private static JsonObject child(JsonObject node, int index) {
    return (JsonObject) node.value(index);
  }

  /** Collects children, then makes the node of them. */
  static final class Builder {
    private final JsonObject.Builder children;
    private final boolean member;
    private int size;

    Builder(boolean member) {
      this(member, 8);
    }

    Builder(boolean member, int expected) {
      this.member = member;
      this.children = new JsonObject.Builder(expected + 1);
    }

    void put(String step, @Nullable JsonObject node) {
      if (node != null) {
        children.put(step, node);
        size++;
      }
    }

    @Nullable JsonObject build() {
      if (size == 0) {
        return member ? JsonObject.EMPTY : null;
      }
      if (member) {
        children.put(SELF, JsonObject.EMPTY);
      }
      return children.build();
    }
  }

  static JsonObject parse(Json value) {
    if (!(value instanceof JsonObject object)) {
      throw new JsonException("fieldsV1: expected an object, but found " + value.typeName());
    }
    Builder builder = new Builder(isMember(object), object.size());
    object.forEach((key, child) -> {
      if (!isSelf(key)) {
        builder.put(PathElement.canonical(key), parse(child));
      }
    });
    JsonObject node = builder.build();
    return node == null || node.equals(object) ? object : node;
  }

  static JsonObject union(JsonObject a, JsonObject b) {
    if (a == b) {
      return a;
    }
    Builder builder = new Builder(isMember(a) || isMember(b), a.size() + b.size());
    boolean same = isMember(a) || !isMember(b);
    int i = firstChild(a);
    int j = firstChild(b);
    while (i < a.size() || j < b.size()) {
      int order = compareKeys(a, i, b, j);
      if (order < 0) {
        builder.put(a.key(i), child(a, i++));
      } else if (order > 0) {
        builder.put(b.key(j), child(b, j++));
        same = false;
      } else {
        JsonObject merged = union(child(a, i), child(b, j));
        same &= merged == child(a, i);
        builder.put(a.key(i), merged);
        i++;
        j++;
      }
    }
    JsonObject node = same ? a : builder.build();
    return node == null ? a : node;
  }

  /** The order of two keys; the end of a node comes after all. */
  private static int compareKeys(JsonObject a, int i, JsonObject b, int j) {
    if (i >= a.size()) {
      return 1;
    }
    return j >= b.size() ? -1 : a.key(i).compareTo(b.key(j));
  }

  static @Nullable JsonObject intersection(JsonObject a, JsonObject b) {
    Builder builder = new Builder(isMember(a) && isMember(b));
    for (int i = firstChild(a); i < a.size(); i++) {
      if (b.get(a.key(i)) instanceof JsonObject other) {
        builder.put(a.key(i), intersection(child(a, i), other));
      }
    }
    return builder.build();
  }

  static @Nullable JsonObject difference(JsonObject a, JsonObject b) {
    return subtract(a, b, isMember(a) && !isMember(b), false);
  }

  static @Nullable JsonObject recursiveDifference(JsonObject a, JsonObject b) {
    return subtract(a, b, isMember(a), true);
  }

  private static @Nullable JsonObject subtract(
      JsonObject a, JsonObject b, boolean member, boolean recursive) {
    boolean same = member == isMember(a);
    if (same && (a.isEmpty() || b.isEmpty())) {
      return a;
    }
    Builder builder = new Builder(member, a.size());
    for (int i = firstChild(a); i < a.size(); i++) {
      JsonObject own = child(a, i);
      JsonObject rest = own;
      if (b.get(a.key(i)) instanceof JsonObject other) {
        if (!recursive) {
          rest = difference(own, other);
        } else {
          rest = isMember(other) ? null : recursiveDifference(own, other);
        }
      }
      same &= rest == own;
      builder.put(a.key(i), rest);
    }
    return same ? a : builder.build();
  }

  static JsonObject withNamedParents(JsonObject node, @Nullable Type type) {
    JsonObject result = node;
    for (int i = firstChild(node); i < node.size(); i++) {
      String step = node.key(i);
      JsonObject own = child(node, i);
      JsonObject changed = withNamedParents(own, Shapes.stepType(type, step));
      if (!isMember(changed) && Shapes.isNamedStep(type, step)) {
        changed = changed.with(SELF, JsonObject.EMPTY);
      }
      result = result.with(step, changed);
    }
    return result;
  }
}
