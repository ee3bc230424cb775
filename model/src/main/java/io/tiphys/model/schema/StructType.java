package io.tiphys.model.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object type with known fields, such as {@code io.k8s.api.core.v1.PodSpec}. Types refer to each
 * other in circles, so fields are added once after all types exist; after that the type is
 * immutable.
 */
public final class StructType implements Type {
  private final String name;
  private final boolean atomic;
  private final TreeMap<String, Field> fields = new TreeMap<>();

  /**
   * @param name the OpenAPI name
   * @param atomic whether server-side apply replaces it as a whole
   */
  public StructType(String name, boolean atomic) {
    this.name = name;
    this.atomic = atomic;
  }

  /** The OpenAPI name: {@code io.k8s.api.core.v1.Pod}. */
  public String name() {
    return name;
  }

  public boolean atomic() {
    return atomic;
  }

  /** Defines the fields; allowed once, before the type is published to other threads. */
  void define(Collection<Field> all) {
    if (!fields.isEmpty()) {
      throw new IllegalStateException(name + " is defined already");
    }
    all.forEach(f -> fields.put(f.name(), f));
  }

  /** By JSON name; null if the type has no such field. */
  public @Nullable Field field(String jsonName) {
    return fields.get(jsonName);
  }

  /** Sorted by JSON name. */
  public Collection<Field> fields() {
    return Collections.unmodifiableCollection(fields.values());
  }

  @Override
  public String toString() {
    return name;
  }
}
