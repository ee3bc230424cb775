package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two trees as lines of text, for messages about what may not change. A
 * place, what was there, what would be there; no more than a few of them.
 */
public final class TreeDiff {
  private static final int MAX_PLACES = 8;
  private static final int MAX_VALUE = 200;

  private final StringBuilder text = new StringBuilder();
  private int places;

  private TreeDiff() {}

  public static String of(JsonObject before, JsonObject after, FieldPath path) {
    TreeDiff diff = new TreeDiff();
    diff.compare(before, after, path);
    return diff.text.toString();
  }

  private void compare(@Nullable Json before, @Nullable Json after, FieldPath path) {
    if (Trees.same(before, after) || places >= MAX_PLACES) {
      return;
    }
    if (before instanceof JsonObject a && after instanceof JsonObject b) {
      a.keys().forEach(key -> compare(a.get(key), b.get(key), path.child(key)));
      b.keys().stream()
          .filter(key -> !a.has(key))
          .forEach(key -> compare(null, b.get(key), path.child(key)));
    } else if (before instanceof JsonArray a
        && after instanceof JsonArray b
        && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        compare(a.get(i), b.get(i), path.index(i));
      }
    } else {
      places++;
      text.append(path).append(":\n");
      line('-', before);
      line('+', after);
    }
  }

  private void line(char sign, @Nullable Json value) {
    if (value != null && !value.isZero()) {
      String shown = value.toString();
      text.append(sign)
          .append(' ')
          .append(shown.length() > MAX_VALUE ? shown.substring(0, MAX_VALUE) + "..." : shown)
          .append('\n');
    }
  }
}
