package io.tiphys.model.apply;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields that an apply would take from others, by their owner. */
record Conflicts(SortedMap<Manager, FieldSet> byManager) {

  Conflicts {
    byManager = new TreeMap<>(byManager);
  }

  boolean isEmpty() {
    return byManager.isEmpty();
  }

  Conflicts without(FieldSet allowed) {
    SortedMap<Manager, FieldSet> rest = new TreeMap<>();
    byManager.forEach((manager, fields) -> {
      FieldSet left = fields.difference(allowed);
      if (!left.isEmpty()) {
        rest.put(manager, left);
      }
    });
    return new Conflicts(rest);
  }

  /** 409, a cause for each field. */
  ApiException toApiException() {
    List<JsonObject> causes = new ArrayList<>();
    StringBuilder list = new StringBuilder();
    for (Map.Entry<Manager, FieldSet> entry : byManager.entrySet()) {
      String manager = entry.getKey().toString();
      list.append(list.isEmpty() ? "" : "\n").append("conflicts with ").append(manager).append(':');
      for (List<String> path : entry.getValue().paths()) {
        String field = PathElement.display(path);
        list.append("\n- ").append(field);
        causes.add(
            JsonObject.of(
                "reason",
                "FieldManagerConflict",
                "message",
                "conflict with " + manager,
                "field",
                field));
      }
    }
    String what =
        causes.size() == 1
            ? "1 conflict: "
                + causes.getFirst().string("message")
                + ": "
                + causes.getFirst().string("field")
            : causes.size() + " conflicts: " + list;
    return ApiException.of(
        Reason.CONFLICT,
        "Apply failed with " + what,
        JsonObject.of("causes", JsonArray.of(causes)));
  }
}
