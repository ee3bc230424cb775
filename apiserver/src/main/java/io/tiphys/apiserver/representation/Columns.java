package io.tiphys.apiserver.representation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import java.util.List;

/** The columns that {@code kubectl get} prints for a kind. */
public interface Columns {
  /**
   * A column.
   *
   * @param type string, integer, number, boolean or date
   * @param format name for the column that names the object; else ""
   * @param priority 0 for columns that are always shown; 1 for those of {@code -o wide}
   */
  record Column(String name, String type, String format, String description, int priority) {}

  List<Column> columns();

  /** An object's cells, one for each column. The object is in the storage version. */
  List<Json> cells(JsonObject object);
}
