package io.tiphys.apiserver.discovery;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All of discovery in one document: {@code apidiscovery.k8s.io} (KEP-3352). */
final class AggregatedDiscovery {
  private AggregatedDiscovery() {}

  /**
   * @param version of the document: {@code v2} or {@code v2beta1}, which look alike
   */
  static JsonObject document(List<ServedGroup> groups, String version) {
    return JsonObject.of(
        "kind",
        "APIGroupDiscoveryList",
        "apiVersion",
        "apidiscovery.k8s.io/" + version,
        "metadata",
        JsonObject.EMPTY,
        "items",
        JsonArray.of(groups.stream().map(AggregatedDiscovery::group).toList()));
  }

  private static JsonObject group(ServedGroup group) {
    JsonObject metadata = group.core() ? JsonObject.EMPTY : JsonObject.of("name", group.name());
    return JsonObject.of(
        "metadata", metadata.with("creationTimestamp", io.tiphys.model.json.JsonNull.NULL),
        "versions",
            JsonArray.of(
                group.versions().entrySet().stream()
                    .map(e -> version(e.getKey(), e.getValue()))
                    .toList()));
  }

  private static JsonObject version(String version, List<ResourceType> types) {
    Map<String, ResourceType> sorted = new TreeMap<>();
    types.forEach(t -> sorted.put(t.resource().resource(), t));
    return JsonObject.of(
        "version",
        version,
        "freshness",
        "Current",
        "resources",
        JsonArray.of(sorted.values().stream().map(AggregatedDiscovery::resource).toList()));
  }

  private static JsonObject resource(ResourceType type) {
    JsonObject entry =
        JsonObject.of(
            "resource", type.resource().resource(),
            "responseKind", kind(type.kind()),
            "scope", type.namespaced() ? "Namespaced" : "Cluster",
            "singularResource", type.singular(),
            "verbs", LegacyDiscovery.verbs(type.verbs()));
    if (!type.shortNames().isEmpty()) {
      entry = entry.with("shortNames", JsonArray.ofStrings(type.shortNames()));
    }
    if (!type.categories().isEmpty()) {
      entry = entry.with("categories", JsonArray.ofStrings(type.categories()));
    }
    if (!type.subresources().isEmpty()) {
      Map<String, Subresource> sorted = new TreeMap<>(type.subresources());
      entry =
          entry.with(
              "subresources",
              JsonArray.of(
                  sorted.values().stream().map(AggregatedDiscovery::subresource).toList()));
    }
    return entry;
  }

  private static JsonObject subresource(Subresource subresource) {
    return JsonObject.of(
        "subresource", subresource.name(),
        "responseKind", kind(subresource.kind()),
        "verbs", LegacyDiscovery.verbs(subresource.verbs()));
  }

  private static JsonObject kind(GroupVersionKind kind) {
    return JsonObject.of("group", kind.group(), "version", kind.version(), "kind", kind.kind());
  }
}
