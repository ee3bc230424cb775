package io.tiphys.model.apply;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Server-side apply in its simplest form, to compare the real one with: an object is a table of
 * paths and values, an owner a set of paths. The item of a list is a path without a value, those
 * below it go when it goes.
 */
final class OwnershipModel {
  final Map<String, String> values = new TreeMap<>();
  final Map<String, Set<String>> owners = new TreeMap<>();

  /** Sets the object; the manager owns what is new or other than before. */
  void update(String manager, Map<String, String> next) {
    Set<String> changed = changed(next);
    Set<String> removed = new HashSet<>(values.keySet());
    removed.removeAll(next.keySet());
    owners.values().forEach(o -> o.removeAll(changed));
    owners.values().forEach(o -> o.removeAll(removed));
    if (!changed.isEmpty()) {
      owners.computeIfAbsent(manager, _ -> new TreeSet<>()).addAll(changed);
    }
    replace(next);
  }

  /**
   * Applies a configuration; returns the conflicts as {@code manager path}, if any nothing is done.
   */
  Set<String> apply(String manager, Map<String, String> config, boolean force) {
    Map<String, String> next = new HashMap<>(values);
    next.putAll(config);
    for (String path : owners.getOrDefault(manager, Set.of())) {
      boolean othersOwn =
          owners.entrySet().stream()
              .anyMatch(o -> !o.getKey().equals(manager) && o.getValue().contains(path));
      if (!config.containsKey(path) && !othersOwn) {
        next.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
      }
    }
    Set<String> changed = changed(next);
    Set<String> conflicts = new TreeSet<>();
    owners.forEach((other, paths) ->
        paths.stream()
            .filter(p -> !other.equals(manager) && changed.contains(p))
            .forEach(p -> conflicts.add(other + " " + p)));
    if (!force && !conflicts.isEmpty()) {
      return conflicts;
    }
    Set<String> mine = new TreeSet<>(config.keySet());
    owners.remove(manager);
    update("nobody", next);
    owners.remove("nobody");
    if (!mine.isEmpty()) {
      owners.put(manager, mine);
    }
    return Set.of();
  }

  private Set<String> changed(Map<String, String> next) {
    Set<String> changed = new HashSet<>();
    next.forEach((path, value) -> {
      if (!value.equals(values.get(path))) {
        changed.add(path);
      }
    });
    return changed;
  }

  private void replace(Map<String, String> next) {
    values.clear();
    values.putAll(next);
    owners.values().removeIf(Set::isEmpty);
  }
}
