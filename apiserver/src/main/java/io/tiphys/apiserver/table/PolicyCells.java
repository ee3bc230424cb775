package io.tiphys.apiserver.table;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The cells of role bindings, certificate requests, events and component statuses. */
final class PolicyCells {
  private PolicyCells() {}

  static String roleRef(JsonObject binding) {
    JsonObject ref = binding.object("roleRef");
    return ref.string("kind") + "/" + ref.string("name");
  }

  /** The subjects of a kind: {@code User}, {@code Group} or {@code ServiceAccount}. */
  static String subjects(JsonObject binding, String kind) {
    return binding
        .array("subjects")
        .objects()
        .filter(s -> s.string("kind").equals(kind))
        .map(s ->
            kind.equals("ServiceAccount")
                ? s.string("namespace") + "/" + s.string("name")
                : s.string("name"))
        .collect(Collectors.joining(", "));
  }

  static String requestCondition(JsonObject request) {
    List<JsonObject> conditions = request.object("status").array("conditions").objects().toList();
    boolean denied = has(conditions, "Denied");
    boolean approved = has(conditions, "Approved");
    boolean failed = has(conditions, "Failed");
    String text = denied ? "Denied" : approved ? "Approved" : failed ? "" : "Pending";
    if (failed) {
      text += text.isEmpty() ? "Failed" : ",Failed";
    }
    return request.object("status").string("certificate").isEmpty() ? text : text + ",Issued";
  }

  private static boolean has(List<JsonObject> conditions, String type) {
    return conditions.stream().anyMatch(c -> c.string("type").equals(type));
  }

  static String requestedDuration(JsonObject request) {
    long seconds = request.object("spec").number("expirationSeconds", -1);
    return seconds < 0 ? Cells.NONE : Ages.human(Duration.ofSeconds(seconds));
  }

  static String eventObject(JsonObject event) {
    JsonObject object = event.object("involvedObject");
    return object.string("kind").toLowerCase(Locale.ROOT) + "/" + object.string("name");
  }

  static String eventSource(JsonObject event) {
    JsonObject source = event.object("source");
    String component = Cells.text(source.get("component"), event.string("reportingComponent"));
    String host = source.string("host");
    return host.isEmpty() ? component : component + ", " + host;
  }

  static Json lastSeen(JsonObject event, Instant now) {
    String series = event.object("series").string("lastObservedTime");
    String first = firstTime(event);
    return JsonString.of(
        Ages.since(
            !series.isEmpty() ? series : Cells.text(event.get("lastTimestamp"), first), now));
  }

  static Json firstSeen(JsonObject event, Instant now) {
    return JsonString.of(Ages.since(firstTime(event), now));
  }

  private static String firstTime(JsonObject event) {
    return Cells.text(event.get("firstTimestamp"), event.string("eventTime"));
  }

  static String eventCount(JsonObject event) {
    long series = event.object("series").number("count", 0);
    return Long.toString(Math.max(1, series == 0 ? event.number("count", 0) : series));
  }

  static String componentHealth(JsonObject status) {
    return status
        .array("conditions")
        .objects()
        .filter(c -> c.string("type").equals("Healthy"))
        .findFirst()
        .map(c ->
            switch (c.string("status")) {
              case "True" -> "Healthy";
              case "False" -> "Unhealthy";
              default -> "Unknown";
            })
        .orElse("Unknown");
  }

  static String componentField(JsonObject status, String field) {
    return status
        .array("conditions")
        .objects()
        .filter(c -> c.string("type").equals("Healthy"))
        .map(c -> c.string(field))
        .findFirst()
        .orElse("");
  }
}
