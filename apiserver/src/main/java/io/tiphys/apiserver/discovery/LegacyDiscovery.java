package io.tiphys.apiserver.discovery;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersionKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The discovery documents that every client reads: one a group and one a version. */
final class LegacyDiscovery {
  private LegacyDiscovery() {}

  /** {@code /api}. */
  static JsonObject coreVersions(String serverAddress) {
    return JsonObject.of(
        "kind", "APIVersions",
        "versions", JsonArray.of(JsonString.of("v1")),
        "serverAddressByClientCIDRs",
            JsonArray.of(JsonObject.of("clientCIDR", "0.0.0.0/0", "serverAddress", serverAddress)));
  }

  /** {@code /apis}. */
  static JsonObject groups(List<ServedGroup> groups) {
    return JsonObject.of(
        "kind", "APIGroupList",
        "apiVersion", "v1",
        "groups",
            JsonArray.of(
                groups.stream().filter(g -> !g.core()).map(LegacyDiscovery::entry).toList()));
  }

  /** {@code /apis/GROUP}. */
  static JsonObject group(ServedGroup group) {
    return entry(group).with("kind", "APIGroup").with("apiVersion", "v1");
  }

  private static JsonObject entry(ServedGroup group) {
    return JsonObject.of(
        "name", group.name(),
        "versions",
            JsonArray.of(group.versions().keySet().stream().map(v -> version(group, v)).toList()),
        "preferredVersion", version(group, group.preferred()));
  }

  private static JsonObject version(ServedGroup group, String version) {
    return JsonObject.of("groupVersion", group.groupVersion(version), "version", version);
  }

  /** {@code /api/v1} and {@code /apis/GROUP/VERSION}. */
  static JsonObject resources(String groupVersion, Collection<ResourceType> types) {
    TreeMap<String, JsonObject> entries = new TreeMap<>();
    for (ResourceType type : types) {
      String plural = type.resource().resource();
      if (!type.verbs().isEmpty()) {
        entries.put(plural, resource(type));
      }
      for (Subresource subresource : type.subresources().values()) {
        String name = plural + "/" + subresource.name();
        entries.put(name, subresource(name, type, subresource));
      }
    }
    JsonObject list =
        JsonObject.of(
            "kind",
            "APIResourceList",
            "groupVersion",
            groupVersion,
            "resources",
            JsonArray.of(entries.values()));
    return groupVersion.equals("v1") ? list : list.with("apiVersion", "v1");
  }

  private static JsonObject resource(ResourceType type) {
    JsonObject entry =
        JsonObject.of(
            "name", type.resource().resource(),
            "singularName", type.singular(),
            "namespaced", type.namespaced(),
            "kind", type.kind().kind(),
            "verbs", verbs(type.verbs()));
    if (!type.shortNames().isEmpty()) {
      entry = entry.with("shortNames", JsonArray.ofStrings(type.shortNames()));
    }
    if (!type.categories().isEmpty()) {
      entry = entry.with("categories", JsonArray.ofStrings(type.categories()));
    }
    if (!type.kind().groupVersion().equals(type.resource().groupVersion())) {
      entry = entry.with("group", type.kind().group()).with("version", type.kind().version());
    }
    return type.stored().storagePrefix().isEmpty()
        ? entry
        : entry.with("storageVersionHash", hash(type.stored().kind()));
  }

  private static JsonObject subresource(String name, ResourceType parent, Subresource it) {
    JsonObject entry =
        JsonObject.of(
            "name", name,
            "singularName", "",
            "namespaced", parent.namespaced(),
            "kind", it.kind().kind(),
            "verbs", verbs(it.verbs()));
    return it.kind().groupVersion().equals(parent.resource().groupVersion())
        ? entry
        : entry.with("group", it.kind().group()).with("version", it.kind().version());
  }

  static JsonArray verbs(Collection<String> verbs) {
    List<String> sorted = new ArrayList<>(verbs);
    sorted.sort(null);
    return JsonArray.ofStrings(sorted);
  }

  /** An opaque value that changes with the stored version: the start of a SHA-256, as upstream. */
  static String hash(GroupVersionKind kind) {
    String text = kind.group() + "/" + kind.version() + "/" + kind.kind();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
