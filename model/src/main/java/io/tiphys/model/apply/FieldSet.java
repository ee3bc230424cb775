package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of paths in an object, held as the tree that {@code managedFields} shows ({@code
 * FieldsV1}): a key is a step ({@code f:NAME}, <code>k:{KEYS}</code>, {@code v:VALUE}, {@code
 * i:INDEX}), an empty object is a path that is in the set, {@code .} says that a path with longer
 * ones below it is too. So nothing is decoded or encoded, and sets share structure with the objects
 * they came from.
 *
 * @param fields the tree in canonical form
 */
public record FieldSet(JsonObject fields) {
  public static final FieldSet EMPTY = new FieldSet(JsonObject.EMPTY);

  /**
   * Reads a client's {@code fieldsV1}.
   *
   * @throws JsonException if the value is no such tree
   */
  public static FieldSet parse(@Nullable Json fieldsV1) {
    if (fieldsV1 == null) {
      return EMPTY;
    }
    return new FieldSet(FieldNodes.withoutSelf(FieldNodes.parse(fieldsV1)));
  }

  /** The set of one path: {@code of("f:metadata", "f:labels")}. */
  public static FieldSet of(String... path) {
    JsonObject node = JsonObject.EMPTY;
    for (int i = path.length - 1; i >= 0; i--) {
      node = JsonObject.EMPTY.with(path[i], node);
    }
    return new FieldSet(node);
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Whether a path itself is in the set. */
  public boolean has(List<String> path) {
    JsonObject node = fields;
    for (String step : path) {
      if (!(node.get(step) instanceof JsonObject next)) {
        return false;
      }
      node = next;
    }
    return !path.isEmpty() && FieldNodes.isMember(node);
  }

  public FieldSet union(FieldSet other) {
    if (other.isEmpty() || isEmpty()) {
      return isEmpty() ? other : this;
    }
    return with(FieldNodes.union(fields, other.fields));
  }

  public FieldSet intersection(FieldSet other) {
    return with(isEmpty() ? null : FieldNodes.intersection(fields, other.fields));
  }

  /** Without the paths of another set; longer paths below those stay. */
  public FieldSet difference(FieldSet other) {
    return with(FieldNodes.difference(fields, other.fields));
  }

  /** Without the paths of another set and all below them. */
  public FieldSet recursiveDifference(FieldSet other) {
    return with(FieldNodes.recursiveDifference(fields, other.fields));
  }

  /** With the fields of known structs that lead to a path, though they are not in the set. */
  FieldSet withNamedParents(@Nullable Type type) {
    return with(FieldNodes.withNamedParents(fields, type));
  }

  @SuppressWarnings("ReferenceEquality") // what has not changed is the same tree
  private FieldSet with(@Nullable JsonObject node) {
    if (node == fields) {
      return this;
    }
    return node == null || node.isEmpty() ? EMPTY : new FieldSet(FieldNodes.withoutSelf(node));
  }

  /** All paths in the set, each as its steps. */
  public List<List<String>> paths() {
    List<List<String>> paths = new ArrayList<>();
    collect(fields, new ArrayList<>(), paths);
    return paths;
  }

  private static void collect(JsonObject node, List<String> path, List<List<String>> paths) {
    if (!path.isEmpty() && FieldNodes.isMember(node)) {
      paths.add(List.copyOf(path));
    }
    for (int i = 0; i < node.size(); i++) {
      if (!FieldNodes.isSelf(node.key(i)) && node.value(i) instanceof JsonObject child) {
        path.add(node.key(i));
        collect(child, path, paths);
        path.removeLast();
      }
    }
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
