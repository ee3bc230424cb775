package io.tiphys.model.meta;

/** An API group and version; the group of the core API is {@code ""}. */
public record GroupVersion(String group, String version) {

  /** Parses {@code apiVersion}: {@code v1} or {@code apps/v1}. */
  public static GroupVersion parse(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0
        ? new GroupVersion("", apiVersion)
        : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
  }

  public GroupVersionKind kind(String kind) {
    return new GroupVersionKind(group, version, kind);
  }

  public GroupVersionResource resource(String resource) {
    return new GroupVersionResource(group, version, resource);
  }

  /** As in {@code apiVersion}. */
  @Override
  public String toString() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
