package io.tiphys.model.meta;

/** The type of an object: {@code apps/v1, Kind=Deployment}, {@code /v1, Kind=Pod}. */
public record GroupVersionKind(String group, String version, String kind) {

  public GroupVersion groupVersion() {
    return new GroupVersion(group, version);
  }

  /** The value of {@code apiVersion}. */
  public String apiVersion() {
    return groupVersion().toString();
  }

  @Override
  public String toString() {
    return group + "/" + version + ", Kind=" + kind;
  }
}
