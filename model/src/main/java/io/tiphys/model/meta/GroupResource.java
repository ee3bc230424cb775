package io.tiphys.model.meta;

/** A collection whatever its version: {@code deployments.apps}. */
public record GroupResource(String group, String resource) {

  /** As error messages name it: {@code pods}, {@code deployments.apps}. */
  @Override
  public String toString() {
    return group.isEmpty() ? resource : resource + "." + group;
  }
}
