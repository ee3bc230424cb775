package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.List;

/** What ConfigMaps and Secrets have in common: keys, a size, and that they may be immutable. */
final class DataRules {
  private static final int MAX_BYTES = 1024 * 1024;
  static final FieldPath WHOLE = FieldPath.ROOT.key("");
  private static final String IMMUTABLE = "field is immutable when `immutable` is set";

  private DataRules() {}

  /** Keys must be usable as file names. */
  static void keys(Scope object, String map) {
    for (String key : object.value().object(map).keys()) {
      object.format(object.at(map).key(key), key, Names::configMapKey);
    }
  }

  /**
   * @param path whom to blame, as upstream does for the kind
   */
  static void size(Scope object, FieldPath path, long bytes) {
    if (bytes > MAX_BYTES) {
      object.errors().add(FieldError.tooLong(path, MAX_BYTES));
    }
  }

  static long textBytes(JsonObject map) {
    return map.strings().values().stream().mapToLong(Texts::bytes).sum();
  }

  /** The length of what base64 texts stand for. */
  static long decodedBytes(JsonObject map) {
    return map.strings().values().stream().mapToLong(DataRules::decodedLength).sum();
  }

  private static long decodedLength(String base64) {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / 4L * 3 - padding;
  }

  /** An immutable object keeps these fields, and stays immutable. */
  static void immutable(Scope object, JsonObject current, List<String> fields) {
    if (!current.bool("immutable")) {
      return;
    }
    if (!object.value().bool("immutable")) {
      object.forbidden("immutable", IMMUTABLE);
    }
    for (String field : fields) {
      if (!Trees.same(object.value().get(field), current.get(field))) {
        object.forbidden(field, IMMUTABLE);
      }
    }
  }

  /** A key may be in one of two maps only. */
  static void disjoint(Scope object, String map, String other) {
    for (String key : object.value().object(map).keys()) {
      if (object.value().object(other).has(key)) {
        object
            .errors()
            .invalid(
                object.at(map).key(key),
                JsonString.of(key),
                "duplicate of key present in " + other);
      }
    }
  }
}
