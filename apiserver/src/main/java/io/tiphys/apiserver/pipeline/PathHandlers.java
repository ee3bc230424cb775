package io.tiphys.apiserver.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The handlers of paths that name no resource. */
public final class PathHandlers {
  private final Map<String, PathHandler> byPath;

  /**
   * @param byPath by path; one that ends with {@code /} stands for all below it too
   */
  public PathHandlers(Map<String, PathHandler> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  @Nullable PathHandler exact(String path) {
    return byPath.get(path);
  }

  /** The handler of the path itself, or of the closest path above it. */
  @Nullable PathHandler find(String path) {
    PathHandler exact = byPath.get(path);
    if (exact != null) {
      return exact;
    }
    for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
      PathHandler above = byPath.get(path.substring(0, slash + 1));
      if (above != null && slash > 0) {
        return above;
      }
    }
    return null;
  }
}
