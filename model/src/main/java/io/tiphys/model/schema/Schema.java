package io.tiphys.model.schema;

import io.tiphys.model.meta.GroupVersionKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of the built-in API: what upstream's OpenAPI v2 document calls definitions. Made at
 * build time from the published protobuf descriptors and models and from the generator's tables.
 */
public final class Schema {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  /** The kinds that clients may send under any group and version. */
  private static final Set<String> EVERY_GROUP =
      Set.of(
          "CreateOptions",
          "DeleteOptions",
          "GetOptions",
          "ListOptions",
          "PatchOptions",
          "UpdateOptions",
          "WatchEvent");

  private static final Schema KUBERNETES = new Schema(SchemaReader.load());

  private final SchemaReader types;
  private final Descriptions descriptions = new Descriptions();

  private Schema(SchemaReader types) {
    this.types = types;
  }

  /** The types of Kubernetes 1.36 and of the old versions that are still served. */
  public static Schema kubernetes() {
    return KUBERNETES;
  }

  /** By OpenAPI name, such as {@code io.k8s.api.core.v1.Pod}; null if there is none. */
  public @Nullable StructType struct(String openApiName) {
    return types.structs().get(openApiName);
  }

  /** The type of a kind. */
  public Optional<StructType> kind(GroupVersionKind kind) {
    StructType type = types.kinds().get(kind);
    return type == null && EVERY_GROUP.contains(kind.kind())
        ? Optional.ofNullable(struct(META + kind.kind()))
        : Optional.ofNullable(type);
  }

  /** All kinds, sorted by group, version and kind. */
  public Collection<GroupVersionKind> kinds() {
    return types.kinds().keySet();
  }

  /** The kinds that a type serves: one for most, none for parts of objects. */
  public List<GroupVersionKind> kindsOf(StructType type) {
    return types.kinds().entrySet().stream()
        .filter(e -> e.getValue() == type)
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  /** All types, sorted by name. */
  public Collection<StructType> all() {
    return types.structs().values();
  }

  /** What a type is for, in English; {@code ""} if upstream does not say. */
  public String description(StructType type) {
    return descriptions.of(type.name());
  }

  /** What a field is for, in English; {@code ""} if upstream does not say. */
  public String description(StructType type, String field) {
    return descriptions.of(type.name() + "/" + field);
  }
}
