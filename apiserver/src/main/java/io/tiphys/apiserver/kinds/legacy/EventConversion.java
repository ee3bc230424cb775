package io.tiphys.apiserver.kinds.legacy;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.JsonObject;
import java.util.List;

/** Events of {@code events.k8s.io} are core events with other names for their fields. */
final class EventConversion implements Conversion {

  private record Names(String core, String events) {}

  private static final List<Names> RENAMED =
      List.of(
          new Names("involvedObject", "regarding"),
          new Names("message", "note"),
          new Names("reportingComponent", "reportingController"),
          new Names("source", "deprecatedSource"),
          new Names("firstTimestamp", "deprecatedFirstTimestamp"),
          new Names("lastTimestamp", "deprecatedLastTimestamp"),
          new Names("count", "deprecatedCount"));

  @Override
  public JsonObject toStorage(JsonObject served) {
    JsonObject result = served;
    for (Names names : RENAMED) {
      result = Annotations.rename(result, names.events, names.core);
    }
    return result;
  }

  @Override
  public JsonObject fromStorage(JsonObject stored) {
    JsonObject result = stored;
    for (Names names : RENAMED) {
      result = Annotations.rename(result, names.core, names.events);
    }
    return result;
  }
}
