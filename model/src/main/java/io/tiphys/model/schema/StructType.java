package io.tiphys.model.schema;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object type with known fields, such as {@code io.k8s.api.core.v1.PodSpec}. Types refer to each
 * other in circles, so a type learns its fields when it is first asked for them; to its users it is
 * immutable.
 */
public final class StructType implements Type {
  private final String name;
  private final boolean atomic;
  private final Supplier<? extends Collection<Field>> source;
  private volatile Field @Nullable [] fields;

  /**
   * @param name the OpenAPI name
   * @param atomic whether server-side apply replaces it as a whole
   * @param fields gives the fields in any order; may be called twice if two threads ask at once,
   *     with equal results
   */
  public StructType(String name, boolean atomic, Supplier<? extends Collection<Field>> fields) {
    this.name = name;
    this.atomic = atomic;
    this.source = fields;
  }

  /** The OpenAPI name: {@code io.k8s.api.core.v1.Pod}. */
  public String name() {
    return name;
  }

  public boolean atomic() {
    return atomic;
  }

  /** The same type where server-side apply owns its fields one by one. */
  StructType granular() {
    return new StructType(name, false, this::fields);
  }

  /** By JSON name; null if the type has no such field. */
  public @Nullable Field field(String jsonName) {
    Field[] all = sorted();
    int low = 0;
    int high = all.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = all[middle].name().compareTo(jsonName);
      if (order == 0) {
        return all[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Sorted by JSON name. */
  public List<Field> fields() {
    return List.of(sorted());
  }

  /** The fields as {@link #fields()} gives them, not to be changed. */
  Field[] sorted() {
    Field[] known = fields;
    if (known == null) {
      known = source.get().toArray(new Field[0]);
      Arrays.sort(known, Comparator.comparing(Field::name));
      fields = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return name;
  }
}
