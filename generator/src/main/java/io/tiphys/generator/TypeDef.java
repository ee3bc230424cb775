package io.tiphys.generator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished struct type.
 *
 * @param groupVersion of objects that are sent on their own, with {@code kind} and {@code
 *     apiVersion}, such as {@code apps/v1}, or {@code /v1} for core; {@code ""} for parts of
 *     objects
 */
record TypeDef(
    String name, String description, String groupVersion, boolean atomic, List<FieldDef> fields) {

  TypeDef {
    fields = List.copyOf(fields);
  }

  boolean kind() {
    return !groupVersion.isEmpty();
  }

  /** The name without its package. */
  String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** A finished field; the components are those of the model's Field. */
  record FieldDef(
      String name,
      String description,
      int number,
      List<Integer> inlined,
      FieldType type,
      boolean required,
      boolean zeroKept,
      String patchMergeKey,
      boolean patchMerge,
      boolean patchRetainKeys,
      boolean patchReplace,
      List<String> enumValues,
      String defaultValue) {}

  @Nullable FieldDef field(String fieldName) {
    return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst().orElse(null);
  }
}
