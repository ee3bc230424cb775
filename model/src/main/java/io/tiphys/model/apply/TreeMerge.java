package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays an applied configuration over an object: what the configuration sets wins. */
final class TreeMerge {
  private TreeMerge() {}

  static JsonObject merge(JsonObject live, JsonObject config, @Nullable Type type) {
    JsonObject result = live;
    for (int i = 0; i < config.size(); i++) {
      String key = config.key(i);
      Json old = live.get(key);
      Json merged = value(old, config.value(i), Shapes.child(type, key));
      if (merged == JsonNull.NULL) {
        result = result.without(key);
      } else if (!merged.equals(old)) {
        result = result.with(key, merged);
      }
    }
    return result;
  }

  private static Json value(@Nullable Json live, Json config, @Nullable Type type) {
    if (Shapes.isGranular(type, config)) {
      JsonObject base = live instanceof JsonObject o ? o : JsonObject.EMPTY;
      return merge(base, (JsonObject) config, type);
    }
    ListType list = Shapes.keyedList(type, config);
    if (list != null) {
      return list(live instanceof JsonArray a ? a : JsonArray.EMPTY, (JsonArray) config, list);
    }
    boolean keeps =
        config == JsonNull.NULL
            && live != null
            && !live.isZero()
            && (Shapes.isGranular(type, live) || Shapes.keyedList(type, live) != null);
    return keeps && live != null ? live : config;
  }

  /**
   * The configuration's items in its order. An item that only the object has comes where the object
   * has it: before the items, new or shared, that are not placed yet when its turn comes.
   */
  private static JsonArray list(JsonArray live, JsonArray config, ListType type) {
    List<String> liveSteps = steps(live, type);
    List<String> configSteps = steps(config, type);
    Map<String, @Nullable Json> liveItems = index(live, liveSteps);
    Set<String> inConfig = new HashSet<>(configSteps);
    @Nullable String[] nextShared = nextShared(configSteps, liveItems.keySet());
    List<Json> result = new ArrayList<>(live.size() + config.size());
    int l = 0;
    int r = 0;
    while (l < live.size() || r < config.size()) {
      String mine = l < live.size() ? liveSteps.get(l) : null;
      String theirs = r < config.size() ? configSteps.get(r) : null;
      String shared = nextShared[r];
      if (mine != null && !inConfig.contains(mine)) {
        result.add(live.get(l++));
      } else if (mine != null && shared != null && !mine.equals(shared)) {
        l++;
      } else {
        if (mine != null && (shared == null || mine.equals(theirs))) {
          l++;
        }
        if (theirs != null) {
          result.add(value(liveItems.get(theirs), config.get(r++), type.item()));
        }
      }
    }
    return JsonArray.of(result);
  }

  /** For each position, the first item from there on that the object has too. */
  private static @Nullable String[] nextShared(List<String> steps, Set<String> live) {
    @Nullable String[] next = new @Nullable String[steps.size() + 1];
    for (int i = steps.size() - 1; i >= 0; i--) {
      next[i] = live.contains(steps.get(i)) ? steps.get(i) : next[i + 1];
    }
    return next;
  }

  private static List<String> steps(JsonArray list, ListType type) {
    List<String> steps = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      steps.add(Comparison.step(list.get(i), i, type));
    }
    return steps;
  }

  /** Items by step; those that occur twice are not merged with anything. */
  private static Map<String, @Nullable Json> index(JsonArray list, List<String> steps) {
    Map<String, @Nullable Json> items = HashMap.newHashMap(list.size());
    for (int i = 0; i < list.size(); i++) {
      items.put(steps.get(i), items.containsKey(steps.get(i)) ? null : list.get(i));
    }
    return items;
  }
}
