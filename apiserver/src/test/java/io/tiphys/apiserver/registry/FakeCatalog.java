package io.tiphys.apiserver.registry;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.meta.GroupVersionResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A catalog that has a plain row, version v1, for whatever resource it is asked for. */
public final class FakeCatalog implements ResourceCatalog {
  private static final Set<String> CLUSTER_WIDE =
      Set.of(
          "namespaces",
          "nodes",
          "persistentvolumes",
          "clusterroles",
          "clusterrolebindings",
          "priorityclasses",
          "volumeattachments",
          "csinodes",
          "resourceslices",
          "servicecidrs",
          "ipaddresses",
          "certificatesigningrequests");

  private final Map<GroupResource, ResourceType> types = new ConcurrentHashMap<>();

  @Override
  public Optional<ResourceType> find(GroupVersion groupVersion, String resource) {
    return Optional.of(get(groupVersion.group(), resource));
  }

  @Override
  public Optional<ResourceType> find(GroupVersionKind kind) {
    return all().stream().filter(type -> type.kind().equals(kind)).findFirst();
  }

  @Override
  public Collection<ResourceType> all() {
    return types.values();
  }

  @Override
  public ResourceType get(String group, String resource) {
    return types.computeIfAbsent(new GroupResource(group, resource), FakeCatalog::row);
  }

  private static ResourceType row(GroupResource resource) {
    String plural = resource.resource();
    String singular = plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    String kind = Character.toUpperCase(singular.charAt(0)) + singular.substring(1);
    return new ResourceType(
        new GroupVersionResource(resource.group(), "v1", plural),
        new GroupVersionKind(resource.group(), "v1", kind),
        singular,
        !CLUSTER_WIDE.contains(plural),
        List.of(),
        List.of(),
        Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"),
        null,
        Map.of(),
        Strategy.NONE,
        plural,
        null,
        Conversion.SAME_SHAPE,
        null);
  }
}
