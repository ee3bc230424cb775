package io.tiphys.model.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random strategic merge patches of pods, each compared with a naive application. */
class RandomStrategicPatchTest {
  private static final StructType POD = StrategicMergePatchTest.kind("", "v1", "Pod");

  /** The merged lists of the pods here, and the keys of their items. */
  private static final Map<String, String> KEYS =
      Map.of("containers", "name", "env", "name", "ports", "containerPort", "finalizers", "");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void patchesGoAsOnMutableData(long seed) {
    Random random = new Random(seed);
    JsonObject pod = JsonObject.EMPTY;
    for (int i = 0; i < 3_000; i++) {
      JsonObject patch = pod(random, true);
      Map<String, Object> model = Mutable.map(Mutable.of(pod));
      merge(model, patch);
      String what = "seed %s step %s: %s patched with %s".formatted(seed, i, pod, patch);
      pod = StrategicMergePatch.apply(pod, patch, POD);
      assertThat(pod).as(what).isEqualTo(Mutable.tree(model));
    }
  }

  private static JsonObject pod(Random random, boolean patch) {
    JsonObject metadata = JsonObject.of("labels", map(random, patch));
    if (random.nextBoolean()) {
      metadata = metadata.with("finalizers", JsonArray.ofStrings(names(random)));
    }
    if (patch && random.nextInt(4) == 0) {
      metadata =
          metadata.with("$deleteFromPrimitiveList/finalizers", JsonArray.ofStrings(names(random)));
    }
    List<Json> containers = new ArrayList<>();
    for (String name : names(random)) {
      containers.add(container(random, name, patch));
    }
    if (patch && random.nextInt(15) == 0) {
      containers.add(JsonObject.of("$patch", "replace"));
    }
    JsonObject spec = JsonObject.of("containers", JsonArray.of(containers));
    if (random.nextInt(3) == 0) {
      spec = spec.with("tolerations", JsonArray.of(JsonObject.of("key", "t" + random.nextInt(3))));
    }
    if (patch && random.nextInt(4) == 0) {
      Set<String> order = new TreeSet<>(List.of("a", "b", "c", "d"));
      spec =
          spec.with(
              "$setElementOrder/containers",
              JsonArray.of(order.stream().map(n -> JsonObject.of("name", n)).toList()));
    }
    return JsonObject.of("metadata", metadata, "spec", spec);
  }

  private static Set<String> names(Random random) {
    Set<String> names = new TreeSet<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      names.add(List.of("a", "b", "c", "d").get(random.nextInt(4)));
    }
    return names;
  }

  private static JsonObject map(Random random, boolean patch) {
    JsonObject map = JsonObject.EMPTY;
    for (String name : names(random)) {
      boolean remove = patch && random.nextInt(3) == 0;
      map = map.with(name, remove ? JsonNull.NULL : JsonString.of("v" + random.nextInt(3)));
    }
    return patch && random.nextInt(10) == 0 ? map.with("$patch", "replace") : map;
  }

  private static JsonObject container(Random random, String name, boolean patch) {
    JsonObject container = JsonObject.of("name", name);
    if (patch && random.nextInt(5) == 0) {
      return container.with("$patch", "delete");
    }
    container = container.with("image", "i" + random.nextInt(3));
    List<Json> env = new ArrayList<>();
    for (String key : names(random)) {
      boolean delete = patch && random.nextInt(4) == 0;
      JsonObject item = JsonObject.of("name", key, "value", "v" + random.nextInt(3));
      env.add(delete ? item.with("$patch", "delete") : item);
    }
    return env.isEmpty() ? container : container.with("env", JsonArray.of(env));
  }

  private static void merge(Map<String, Object> target, JsonObject patch) {
    if (patch.string("$patch").equals("replace")) {
      target.clear();
    }
    Map<String, Object> before = new TreeMap<>(target);
    patch.forEach((key, value) -> {
      String list = key.substring(key.indexOf('/') + 1);
      if (key.startsWith("$deleteFrom")) {
        if (target.get(list) instanceof List<?> old) {
          List<Object> rest = new ArrayList<>(old);
          rest.removeAll(((JsonArray) value).list());
          target.put(list, rest);
        }
      } else if (value == JsonNull.NULL) {
        target.remove(key);
      } else if (value instanceof JsonObject object) {
        Object old = target.computeIfAbsent(key, _ -> new TreeMap<String, Object>());
        merge(Mutable.map(old), object);
      } else if (value instanceof JsonArray items && KEYS.containsKey(key)) {
        target.put(key, mergeList(target.get(key), items, KEYS.get(key)));
      } else if (!key.startsWith("$")) {
        target.put(key, Mutable.of(value));
      }
    });
    Json order = patch.get("$setElementOrder/containers");
    if (order instanceof JsonArray wanted && target.get("containers") instanceof List<?> merged) {
      target.put(
          "containers",
          sort(
              merged,
              keys(Mutable.list(Mutable.of(wanted)), "name"),
              keys(before.get("containers"), "name"),
              "name"));
    }
  }

  private static List<Object> mergeList(@Nullable Object old, JsonArray patch, String key) {
    List<Object> result = old == null ? new ArrayList<>() : new ArrayList<>(Mutable.list(old));
    List<Object> changes = new ArrayList<>();
    boolean replace = false;
    for (Json item : patch) {
      String directive = item instanceof JsonObject o ? o.string("$patch") : "";
      switch (directive) {
        case "delete" -> result.removeIf(i -> key(i, key).equals(key(Mutable.of(item), key)));
        case "replace" -> replace = true;
        default -> changes.add(Mutable.of(item));
      }
    }
    if (replace) {
      result.clear();
    }
    List<Object> serverOrder = keys(result, key);
    for (Object change : changes) {
      int at = keys(result, key).indexOf(key(change, key));
      if (at < 0) {
        Object clean = change;
        if (change instanceof Map) {
          clean = new TreeMap<String, Object>();
          merge(Mutable.map(clean), (JsonObject) Mutable.tree(change));
        }
        result.add(clean);
      } else if (change instanceof Map) {
        merge(Mutable.map(result.get(at)), (JsonObject) Mutable.tree(change));
      }
    }
    return sort(result, keys(changes, key), serverOrder, key);
  }

  private static Object key(Object item, String key) {
    return item instanceof Map ? Mutable.map(item).get(key) : item;
  }

  private static List<Object> keys(@Nullable Object list, String key) {
    List<Object> keys = new ArrayList<>();
    if (list != null) {
      Mutable.list(list).forEach(i -> keys.add(key(i, key)));
    }
    return keys;
  }

  /** Takes the next item of the patch or of the others, whichever comes first on the server. */
  private static List<Object> sort(
      List<?> items, List<Object> wanted, List<Object> server, String key) {
    List<Object> named = new ArrayList<>();
    List<Object> others = new ArrayList<>();
    for (Object k : wanted) {
      items.stream().filter(i -> key(i, key).equals(k)).forEach(named::add);
    }
    items.stream().filter(i -> !wanted.contains(key(i, key))).forEach(others::add);
    List<Object> result = new ArrayList<>();
    while (!named.isEmpty() || !others.isEmpty()) {
      int left = others.isEmpty() ? -1 : server.indexOf(key(others.getFirst(), key));
      int right = named.isEmpty() ? -1 : server.indexOf(key(named.getFirst(), key));
      boolean other =
          named.isEmpty() || (!others.isEmpty() && left >= 0 && right >= 0 && left < right);
      result.add(other ? others.removeFirst() : named.removeFirst());
    }
    return result;
  }
}
