package io.tiphys.apiserver.catalog;

import io.tiphys.apiserver.kinds.legacy.LegacyConversions;
import io.tiphys.apiserver.kinds.legacy.LegacyKind;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.meta.GroupVersionResource;
import io.tiphys.model.schema.StructType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The resources that every Kubernetes 1.36 has, in current and in retired versions. */
public final class BuiltInResources implements ResourceCatalog {
  private static final String TABLE = "resources.table";

  /** What to say at each use of a stored version that upstream advises against. */
  private static final Map<GroupVersionKind, String> DEPRECATED =
      Map.of(
          new GroupVersion("", "v1").kind("Endpoints"),
          "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");

  private final Function<GroupVersionKind, @Nullable StructType> schemas;
  private final Behaviours behaviours;
  private final Map<GroupVersionResource, ResourceType> byResource = new HashMap<>();
  private final Map<GroupVersionKind, ResourceType> byKind = new HashMap<>();
  private final Map<GroupResource, ResourceType> stored = new HashMap<>();
  private final List<ResourceType> ordered;

  /**
   * @param schemas the types of kinds; null where nothing is known of one
   */
  public BuiltInResources(
      Function<GroupVersionKind, @Nullable StructType> schemas, Behaviours behaviours) {
    this.schemas = schemas;
    this.behaviours = behaviours;
    Map<GroupVersionKind, ResourceRow> rows = new LinkedHashMap<>();
    for (ResourceRow row : ResourceRow.parse(table())) {
      rows.put(row.kind(), row);
      add(type(row, row.kind(), null, Conversion.SAME_SHAPE, DEPRECATED.get(row.kind())));
    }
    for (LegacyKind legacy : LegacyConversions.ALL) {
      ResourceRow row = rows.get(legacy.stored());
      ResourceType stored = byKind.get(legacy.stored());
      if (row == null || stored == null) {
        throw new IllegalStateException(TABLE + " lacks " + legacy.stored());
      }
      add(type(row, legacy.served(), stored, legacy.conversion(), legacy.deprecation()));
    }
    ordered = inDiscoveryOrder(rows.keySet());
    ordered.forEach(type -> stored.putIfAbsent(type.resource().groupResource(), type.stored()));
  }

  /** Below {@code /registry/}, of everything that is stored. */
  public static Set<String> storagePrefixes() {
    return ResourceRow.parse(table()).stream()
        .map(ResourceRow::storagePrefix)
        .filter(prefix -> !prefix.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String table() {
    try (InputStream in = BuiltInResources.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(TABLE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(ResourceType type) {
    byResource.put(type.resource(), type);
    byKind.put(type.kind(), type);
  }

  private ResourceType type(
      ResourceRow row,
      GroupVersionKind kind,
      @Nullable ResourceType stored,
      Conversion conversion,
      @Nullable String deprecation) {
    GroupVersionResource resource = kind.groupVersion().resource(row.plural());
    GroupVersionResource storedResource = stored == null ? resource : stored.resource();
    // In its former group a kind has no short names: kubectl would list and warn of it twice.
    boolean moved = deprecation != null && !kind.group().equals(storedResource.group());
    Map<String, Subresource> subresources = new HashMap<>();
    for (ResourceRow.Part part : row.parts()) {
      GroupVersionKind partKind = partKind(part, row, kind);
      String key = storedResource.groupResource() + "/" + part.name();
      subresources.put(
          part.name(),
          new Subresource(
              part.name(),
              partKind,
              part.verbs(),
              schemas.apply(partKind),
              behaviours.subresourceStrategies().getOrDefault(key, Strategy.NONE),
              behaviours.actions().get(key)));
    }
    return new ResourceType(
        resource,
        kind,
        kind.kind().toLowerCase(Locale.ROOT),
        row.namespaced(),
        moved ? List.of() : row.shortNames(),
        moved ? List.of() : row.categories(),
        row.verbs(),
        schemas.apply(kind),
        subresources,
        strategy(resource, storedResource, deprecation != null),
        row.storagePrefix(),
        stored,
        conversion,
        deprecation);
  }

  /** Where a current version is of another group than the stored one it may have its own rules. */
  private Strategy strategy(
      GroupVersionResource served, GroupVersionResource stored, boolean deprecated) {
    Map<GroupResource, Strategy> all = behaviours.strategies();
    Strategy own = deprecated ? null : all.get(served.groupResource());
    return own == null ? all.getOrDefault(stored.groupResource(), Strategy.NONE) : own;
  }

  /** A part that is no kind of its own, and a Scale of an old version, are of the same version. */
  private GroupVersionKind partKind(
      ResourceRow.Part part, ResourceRow row, GroupVersionKind served) {
    if (part.kind().equals(row.kind())) {
      return served;
    }
    GroupVersionKind old = served.groupVersion().kind(part.kind().kind());
    boolean differs = !served.equals(row.kind()) && schemas.apply(old) != null;
    return differs ? old : part.kind();
  }

  /** Groups as in the table, then others; versions newest first; resources by name. */
  private List<ResourceType> inDiscoveryOrder(Collection<GroupVersionKind> inTable) {
    List<String> groups = new ArrayList<>();
    List<GroupVersion> versions = new ArrayList<>();
    inTable.forEach(kind -> note(kind, groups, versions));
    LegacyConversions.ALL.forEach(legacy -> note(legacy.served(), groups, versions));
    List<ResourceType> all = new ArrayList<>(byResource.values());
    all.sort(
        Comparator.comparingInt((ResourceType t) -> groups.indexOf(t.kind().group()))
            .thenComparingInt(t -> versions.indexOf(t.kind().groupVersion()))
            .thenComparing(t -> t.resource().resource()));
    return Collections.unmodifiableList(all);
  }

  private static void note(
      GroupVersionKind kind, List<String> groups, List<GroupVersion> versions) {
    if (!groups.contains(kind.group())) {
      groups.add(kind.group());
    }
    if (!versions.contains(kind.groupVersion())) {
      versions.add(kind.groupVersion());
    }
  }

  @Override
  public Optional<ResourceType> find(GroupVersion groupVersion, String resource) {
    return Optional.ofNullable(byResource.get(groupVersion.resource(resource)));
  }

  @Override
  public Optional<ResourceType> find(GroupVersionKind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  @Override
  public Collection<ResourceType> all() {
    return ordered;
  }

  @Override
  public ResourceType get(String group, String resource) {
    ResourceType type = stored.get(new GroupResource(group, resource));
    if (type == null) {
      throw new IllegalArgumentException("no resource " + new GroupResource(group, resource));
    }
    return type;
  }

  /** What kinds do beyond their rows. */
  public Behaviours behaviours() {
    return behaviours;
  }
}
