package io.tiphys.model.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random JSON and merge patches, each compared with the same on mutable maps and lists. */
class RandomJsonPatchTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void jsonPatchesGoAsOnMutableData(long seed) {
    Random random = new Random(seed);
    Json tree = JsonObject.EMPTY;
    int applied = 0;
    for (int i = 0; i < 8_000; i++) {
      if (i % 40 == 0) {
        tree = JsonObject.of("a", random(random, 3), "b", random(random, 2));
      }
      JsonObject operation = operation(random);
      Object model = Mutable.of(tree);
      boolean fits = run(model, operation);
      String what = "seed " + seed + " step " + i + ": " + operation;
      try {
        tree = JsonPatch.apply(tree, JsonArray.of(operation));
        assertThat(fits).as(what).isTrue();
        assertThat(tree).as(what).isEqualTo(Mutable.tree(model));
        applied++;
      } catch (PatchException e) {
        assertThat(fits).as(what).isFalse();
      }
    }
    assertThat(applied).isGreaterThan(1_000);
  }

  private static JsonObject operation(Random random) {
    String[] kinds = {"add", "add", "remove", "replace", "move", "copy", "test", "nonsense"};
    JsonObject operation =
        JsonObject.of("op", kinds[random.nextInt(kinds.length)], "path", pointer(random));
    if (random.nextInt(8) > 0) {
      operation = operation.with("value", random(random, 1));
    }
    return random.nextInt(8) > 0 ? operation.with("from", pointer(random)) : operation;
  }

  private static String pointer(Random random) {
    String[] steps = {"a", "b", "c", "0", "1", "-1", "-", "x~1y", "9"};
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      text.append('/').append(steps[random.nextInt(steps.length)]);
    }
    return text.toString();
  }

  static Json random(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 8)) {
      case 0 -> JsonNumber.of(random.nextInt(3));
      case 1 -> JsonString.of("s" + random.nextInt(2));
      case 2 -> JsonBool.of(random.nextBoolean());
      case 3 -> JsonNull.NULL;
      case 4, 5 -> {
        List<Json> items = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
          items.add(random(random, depth - 1));
        }
        yield JsonArray.of(items);
      }
      default -> {
        JsonObject object = JsonObject.EMPTY;
        for (int n = random.nextInt(4); n > 0; n--) {
          object =
              object.with(
                  List.of("a", "b", "c", "x/y").get(random.nextInt(4)), random(random, depth - 1));
        }
        yield object;
      }
    };
  }

  /** Runs an operation; whether it applies. A failed one may leave traces. */
  private static boolean run(Object root, JsonObject operation) {
    Json given = operation.get("value");
    Object value = Mutable.of(given == null ? JsonNull.NULL : given);
    String path = operation.string("path");
    String from = operation.has("from") ? operation.string("from") : null;
    return switch (operation.string("op")) {
      case "add" -> add(root, path, value);
      case "remove" -> remove(root, path);
      case "replace" -> {
        Object parent = parent(root, path);
        if (parent instanceof Map) {
          Mutable.map(parent).put(last(path), value);
        } else if (parent instanceof List && index(parent, path, 0) >= 0) {
          Mutable.list(parent).set(index(parent, path, 0), value);
        } else {
          yield false;
        }
        yield true;
      }
      case "move", "copy" -> {
        Object found = from == null ? null : get(root, from);
        boolean move = operation.string("op").equals("move");
        boolean absent = from == null || parent(root, from) == null || found == null;
        if (absent && (move || from == null || !(parent(root, from) instanceof Map))) {
          yield false;
        }
        Object copy = found == null ? JsonNull.NULL : Mutable.of(Mutable.tree(found));
        yield (!move || remove(root, from)) && add(root, path, copy);
      }
      case "test" -> {
        Object found = get(root, path);
        boolean reachable =
            parent(root, path) instanceof Map
                || (parent(root, path) instanceof List && found != null);
        yield reachable && value.equals(found == null ? JsonNull.NULL : found);
      }
      default -> false;
    };
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private static @Nullable Object parent(Object root, String path) {
    String up = path.substring(0, path.lastIndexOf('/'));
    return up.isEmpty() ? root : get(root, up);
  }

  private static @Nullable Object get(Object root, String path) {
    Object parent = parent(root, path);
    if (parent instanceof Map) {
      return Mutable.map(parent).get(last(path));
    }
    int at = parent instanceof List ? index(parent, path, 0) : -1;
    return at < 0 ? null : Mutable.list(parent).get(at);
  }

  /** The index that a path ends in, within the list and so many places more; or -1. */
  private static int index(Object list, String path, int more) {
    String step = last(path);
    if (!step.matches("-?[0-9]+")) {
      return -1;
    }
    int size = Mutable.list(list).size() + more;
    int at = Integer.parseInt(step) < 0 ? Integer.parseInt(step) + size : Integer.parseInt(step);
    return at < size ? at : -1;
  }

  private static boolean add(Object root, String path, Object value) {
    Object parent = parent(root, path);
    if (parent instanceof Map) {
      Mutable.map(parent).put(last(path), value);
      return true;
    }
    if (!(parent instanceof List)) {
      return false;
    }
    List<Object> list = Mutable.list(parent);
    int at = last(path).equals("-") ? list.size() : index(parent, path, 1);
    if (at < 0) {
      return false;
    }
    list.add(at, value);
    return true;
  }

  private static boolean remove(Object root, String path) {
    Object parent = parent(root, path);
    if (parent instanceof Map) {
      return Mutable.map(parent).remove(last(path)) != null;
    }
    int at = parent instanceof List ? index(parent, path, 0) : -1;
    return at >= 0 && Mutable.list(parent).remove(at) != null;
  }

  @Test
  void mergePatchesGoAsTheRfcSaysAndDiffsLeadBack() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      Json target = random(random, 3);
      Json patch = random(random, 3);
      assertThat(MergePatch.merge(target, patch))
          .as("%s patched with %s", target, patch)
          .isEqualTo(Mutable.tree(mergeByRfc(Mutable.of(target), Mutable.of(patch))));
      if (withoutNulls(target) instanceof JsonObject from
          && withoutNulls(patch) instanceof JsonObject to) {
        assertThat(MergePatch.apply(from, MergePatch.diff(from, to))).isEqualTo(to);
      }
    }
  }

  private static Json withoutNulls(Json value) {
    return MergePatch.merge(null, value);
  }

  private static Object mergeByRfc(@Nullable Object target, Object patch) {
    if (!(patch instanceof Map)) {
      return patch;
    }
    Map<String, Object> result =
        target instanceof Map ? Mutable.map(target) : Mutable.map(Mutable.of(JsonObject.EMPTY));
    Mutable.map(patch)
        .forEach((name, value) -> {
          if (value == JsonNull.NULL) {
            result.remove(name);
          } else {
            result.put(name, mergeByRfc(result.get(name), value));
          }
        });
    return result;
  }
}
