package io.tiphys.model.validation;

import org.jspecify.annotations.Nullable;

/** A place in an object, written as upstream does: {@code spec.containers[0].env[A].name}. */
public final class FieldPath {
  public static final FieldPath ROOT = new FieldPath(null, "");

  private final @Nullable FieldPath parent;
  private final String step;

  private FieldPath(@Nullable FieldPath parent, String step) {
    this.parent = parent;
    this.step = step;
  }

  /** {@code of("metadata", "name")} is {@code metadata.name}. */
  public static FieldPath of(String... fields) {
    return ROOT.child(fields);
  }

  public FieldPath child(String... fields) {
    FieldPath path = this;
    for (String field : fields) {
      path = new FieldPath(path, path.parent == null ? field : "." + field);
    }
    return path;
  }

  /** An item of a list. */
  public FieldPath index(int index) {
    return new FieldPath(this, "[" + index + "]");
  }

  /** A value of a map. */
  public FieldPath key(String key) {
    return new FieldPath(this, "[" + key + "]");
  }

  @Override
  public String toString() {
    return parent == null ? step : parent + step;
  }
}
