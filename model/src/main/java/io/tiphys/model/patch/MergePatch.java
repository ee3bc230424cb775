package io.tiphys.model.patch;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** JSON merge patches (RFC 7396): objects are merged, null removes, all else replaces. */
public final class MergePatch {
  private MergePatch() {}

  /** Applies a patch that must be an object, as a patch of an API object is. */
  public static JsonObject apply(JsonObject target, Json patch) {
    if (!(patch instanceof JsonObject changes)) {
      throw PatchException.malformed("Invalid JSON Patch");
    }
    return merge(target, changes);
  }

  /** Applies any patch to any value, by the RFC's algorithm. */
  public static Json merge(@Nullable Json target, Json patch) {
    return patch instanceof JsonObject changes
        ? merge(target instanceof JsonObject o ? o : JsonObject.EMPTY, changes)
        : patch;
  }

  private static JsonObject merge(JsonObject target, JsonObject changes) {
    JsonObject result = target;
    for (int i = 0; i < changes.size(); i++) {
      String key = changes.key(i);
      Json value = changes.value(i);
      if (value == JsonNull.NULL) {
        result = result.without(key);
      } else {
        Json old = target.get(key);
        Json merged = merge(old, value);
        result = merged.equals(old) ? result : result.with(key, merged);
      }
    }
    return result;
  }

  /** The patch that turns one object into another, or empty if they are equal. */
  public static JsonObject diff(JsonObject from, JsonObject to) {
    JsonObject.Builder patch = new JsonObject.Builder();
    from.forEach((key, _) -> {
      if (!to.has(key)) {
        patch.put(key, JsonNull.NULL);
      }
    });
    to.forEach((key, value) -> {
      Json old = from.get(key);
      if (old instanceof JsonObject o && value instanceof JsonObject v) {
        JsonObject inner = diff(o, v);
        if (!inner.isEmpty()) {
          patch.put(key, inner);
        }
      } else if (!value.equals(old)) {
        patch.put(key, value);
      }
    });
    return patch.build();
  }
}
