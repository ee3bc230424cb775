package io.tiphys.model.meta;

/** A served collection: {@code apps/v1, Resource=deployments}. */
public record GroupVersionResource(String group, String version, String resource) {

  public GroupVersion groupVersion() {
    return new GroupVersion(group, version);
  }

  public GroupResource groupResource() {
    return new GroupResource(group, resource);
  }

  @Override
  public String toString() {
    return groupVersion() + ", Resource=" + resource;
  }
}
