package io.tiphys.apiserver.kinds.core;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Timestamps;
import java.time.Instant;

/** The {@code conditions} of a status. */
final class StatusConditions {
  private StatusConditions() {}

  static boolean isTrue(JsonObject status, String type) {
    return status
        .array("conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(type) && c.string("status").equals("True"));
  }

  /** The status with a condition; the time of its transition is now if its status changed. */
  static JsonObject with(JsonObject status, JsonObject condition, Instant now) {
    JsonArray conditions = status.array("conditions");
    String type = condition.string("type");
    JsonObject stamped = condition.with("lastTransitionTime", Timestamps.format(now));
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i) instanceof JsonObject old && old.string("type").equals(type)) {
        JsonObject merged =
            old.string("status").equals(condition.string("status")) && old.has("lastTransitionTime")
                ? condition.with("lastTransitionTime", old.value(old.indexOf("lastTransitionTime")))
                : stamped;
        return status.with("conditions", conditions.with(i, merged));
      }
    }
    return status.with("conditions", conditions.append(stamped));
  }
}
