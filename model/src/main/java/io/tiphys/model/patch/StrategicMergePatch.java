package io.tiphys.model.patch;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge patches: merge patches that know from the schema which lists are merged, and by
 * which key (Kubernetes documentation, "Update API Objects in Place Using kubectl patch";
 * kubernetes/community, "Strategic Merge Patch").
 *
 * <p>Directives: {@code $patch: replace | delete} in an object or a list's item, {@code
 * $deleteFromPrimitiveList/FIELD}, {@code $setElementOrder/FIELD} and {@code $retainKeys}.
 */
public final class StrategicMergePatch {
  static final String PATCH = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList";
  private static final String SET_ORDER = "$setElementOrder";

  /** How a field takes a patch; for fields that the schema does not know, objects are merged. */
  private record Rule(@Nullable Type type, boolean merge, boolean replace, String mergeKey) {
    static final Rule UNKNOWN = new Rule(null, false, false, "");

    static Rule of(@Nullable Type owner, String key) {
      return switch (owner) {
        case StructType s -> {
          Field f = s.field(key);
          String mergeKey = f == null || f.patchMergeKey() == null ? "" : f.patchMergeKey();
          yield f == null
              ? UNKNOWN
              : new Rule(f.type(), f.patchMerge(), f.patchReplace(), mergeKey);
        }
        case MapType m -> new Rule(m.value(), false, false, "");
        case null, default -> UNKNOWN;
      };
    }

    @Nullable Type itemType() {
      return type instanceof ListType list ? list.item() : null;
    }
  }

  private StrategicMergePatch() {}

  /**
   * Applies a patch to an object of a type.
   *
   * @throws PatchException if the patch is no object, a directive is wrong, or a list's items lack
   *     the merge key
   */
  public static JsonObject apply(JsonObject original, Json patch, StructType type) {
    if (!(patch instanceof JsonObject changes)) {
      throw PatchException.malformed(
          "json: cannot unmarshal "
              + patch.typeName()
              + " into Go value of type map[string]interface {}");
    }
    return merge(original, changes, type);
  }

  static JsonObject merge(JsonObject original, JsonObject patch, @Nullable Type type) {
    Json directive = patch.get(PATCH);
    if (directive != null) {
      return directed(directive, patch, type);
    }
    JsonObject result = patch.has(RETAIN_KEYS) ? retain(original, patch) : original;
    for (int i = 0; i < patch.size(); i++) {
      String key = patch.key(i);
      if (key.startsWith(DELETE_FROM)) {
        result = deleteFrom(result, listName(key, DELETE_FROM, "primitive list"), patch.value(i));
      }
    }
    for (int i = 0; i < patch.size(); i++) {
      String key = patch.key(i);
      if (!key.startsWith(DELETE_FROM) && !key.startsWith(SET_ORDER) && !key.equals(RETAIN_KEYS)) {
        result = field(result, key, patch.value(i), Rule.of(type, key));
      }
    }
    for (int i = 0; i < patch.size(); i++) {
      String key = patch.key(i);
      if (key.startsWith(SET_ORDER)) {
        String list = listName(key, SET_ORDER, "setElementOrder list");
        result = order(original, patch, result, list, patch.value(i), Rule.of(type, list));
      }
    }
    return result;
  }

  private static JsonObject directed(Json directive, JsonObject patch, @Nullable Type type) {
    if (directive.equals(JsonString.of("replace"))) {
      return merge(JsonObject.EMPTY, patch.without(PATCH), type);
    }
    if (directive.equals(JsonString.of("delete"))) {
      return JsonObject.EMPTY;
    }
    throw unknown(directive, patch);
  }

  static PatchException unknown(Json directive, JsonObject patch) {
    return PatchException.malformed(
        "unknown patch type: " + GoText.of(directive) + " in map: " + GoText.of(patch));
  }

  private static JsonObject field(JsonObject target, String key, Json value, Rule rule) {
    Json old = target.get(key);
    Json result =
        switch (value) {
          case JsonNull _ -> null;
          case JsonObject o when rule.replace() && old instanceof JsonObject -> o;
          case JsonObject o ->
              merge(old instanceof JsonObject t ? t : JsonObject.EMPTY, o, rule.type());
          case JsonArray a when rule.merge() ->
              MergedList.merge(
                  old instanceof JsonArray t ? t : JsonArray.EMPTY,
                  a,
                  rule.mergeKey(),
                  rule.itemType());
          default -> value;
        };
    if (result == null) {
      return target.without(key);
    }
    return result.equals(old) ? target : target.with(key, result);
  }

  /** Keeps only the fields that the directive lists; the patch may set no others. */
  private static JsonObject retain(JsonObject original, JsonObject patch) {
    if (!(patch.get(RETAIN_KEYS) instanceof JsonArray list)) {
      throw PatchException.malformed("invalid patch format of retainKeys");
    }
    Set<Json> keep = new HashSet<>(list.list());
    for (int i = 0; i < patch.size(); i++) {
      String key = patch.key(i);
      boolean directive =
          key.equals(RETAIN_KEYS) || key.startsWith(DELETE_FROM) || key.startsWith(SET_ORDER);
      if (!directive && patch.value(i) != JsonNull.NULL && !keep.contains(JsonString.of(key))) {
        throw PatchException.malformed("invalid patch format of retainKeys");
      }
    }
    JsonObject result = original;
    for (String key : original.keys()) {
      if (!keep.contains(JsonString.of(key))) {
        result = result.without(key);
      }
    }
    return result;
  }

  private static String listName(String key, String prefix, String what) {
    if (!key.startsWith(prefix + "/")) {
      throw PatchException.malformed("invalid patch format of " + what);
    }
    return key.substring(prefix.length() + 1);
  }

  private static JsonObject deleteFrom(JsonObject target, String key, Json values) {
    if (values == JsonNull.NULL) {
      return target;
    }
    if (!(values instanceof JsonArray list)) {
      throw PatchException.malformed("invalid patch format of primitive list");
    }
    if (!(target.get(key) instanceof JsonArray old)) {
      return target;
    }
    Set<Json> gone = new HashSet<>(list.list());
    List<Json> rest = old.stream().filter(v -> !gone.contains(v)).toList();
    return rest.size() == old.size() ? target : target.with(key, JsonArray.of(rest));
  }

  /** Puts a merged list into the order of its directive. */
  private static JsonObject order(
      JsonObject original, JsonObject patch, JsonObject target, String key, Json order, Rule rule) {
    if (!(order instanceof JsonArray wanted)) {
      throw PatchException.malformed("invalid patch format of setElementOrder list");
    }
    MergedList.checkOrder(patch.array(key), wanted, rule.mergeKey());
    if (!(target.get(key) instanceof JsonArray merged)) {
      return target;
    }
    JsonArray sorted = MergedList.order(merged, wanted, original.array(key), rule.mergeKey());
    return sorted.equals(merged) ? target : target.with(key, sorted);
  }
}
