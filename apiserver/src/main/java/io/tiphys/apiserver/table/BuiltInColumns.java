package io.tiphys.apiserver.table;

import io.tiphys.model.meta.GroupResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of the built-in kinds, as upstream prints them. Keys are written as {@code
 * deployments.apps}; kinds not listed show name and creation time.
 */
public final class BuiltInColumns {
  private static final List<Column> STANDARD = List.of(Column.NAME, Column.CREATED_AT);
  private static final Map<String, List<Column>> ALL = all();

  private BuiltInColumns() {}

  private static Map<String, List<Column>> all() {
    Map<String, List<Column>> all = new HashMap<>(CoreColumns.ALL);
    all.putAll(WorkloadColumns.ALL);
    all.putAll(PlatformColumns.ALL);
    return Map.copyOf(all);
  }

  /** The columns of a resource, whatever the version asked for. */
  public static List<Column> of(GroupResource resource) {
    return ALL.getOrDefault(resource.toString(), STANDARD);
  }
}
