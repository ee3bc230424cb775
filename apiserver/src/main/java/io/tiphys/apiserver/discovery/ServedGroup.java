package io.tiphys.apiserver.discovery;

import io.tiphys.apiserver.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * An API group with its versions, the preferred one first.
 *
 * @param versions resources by version, sorted by name
 */
record ServedGroup(String name, SequencedMap<String, List<ResourceType>> versions) {

  /** Groups resources; keeps the order in which groups and versions first appear. */
  static List<ServedGroup> of(Collection<ResourceType> all) {
    Map<String, ServedGroup> groups = new LinkedHashMap<>();
    for (ResourceType type : all) {
      groups
          .computeIfAbsent(
              type.resource().group(), name -> new ServedGroup(name, new LinkedHashMap<>()))
          .versions()
          .computeIfAbsent(type.resource().version(), _ -> new ArrayList<>())
          .add(type);
    }
    return List.copyOf(groups.values());
  }

  boolean core() {
    return name.isEmpty();
  }

  /** {@code v1}, {@code apps/v1}. */
  String groupVersion(String version) {
    return core() ? version : name + "/" + version;
  }

  String preferred() {
    return versions.firstEntry().getKey();
  }
}
