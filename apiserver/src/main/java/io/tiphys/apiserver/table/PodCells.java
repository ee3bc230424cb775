package io.tiphys.apiserver.table;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cells of a pod: what its containers' states add up to. */
final class PodCells {
  private PodCells() {}

  private static List<JsonObject> statuses(JsonObject pod, String field) {
    return pod.object("status").array(field).objects().toList();
  }

  /** Init containers that go on running beside the main ones (KEP-753). */
  private static Set<String> sidecars(JsonObject pod) {
    return pod.object("spec")
        .array("initContainers")
        .objects()
        .filter(c -> c.string("restartPolicy").equals("Always"))
        .map(c -> c.string("name"))
        .collect(Collectors.toSet());
  }

  static String ready(JsonObject pod) {
    Set<String> sidecars = sidecars(pod);
    int total = pod.object("spec").array("containers").size() + sidecars.size();
    long ready =
        Stream.concat(
                statuses(pod, "containerStatuses").stream()
                    .filter(s -> s.object("state").has("running")),
                statuses(pod, "initContainerStatuses").stream()
                    .filter(s -> sidecars.contains(s.string("name"))))
            .filter(s -> s.bool("ready"))
            .count();
    return ready + "/" + total;
  }

  static String status(JsonObject pod) {
    JsonObject status = pod.object("status");
    String reason = Cells.text(status.get("reason"), status.string("phase"));
    if (reason.equals("Pending") && gated(pod)) {
      reason = "SchedulingGated";
    }
    Optional<String> initializing = initializing(pod);
    if (initializing.isPresent() && !initialized(pod)) {
      reason = initializing.get();
    } else {
      reason = ofContainers(pod, reason);
    }
    if (!pod.object("metadata").has("deletionTimestamp")) {
      return reason;
    }
    if (status.string("reason").equals("NodeLost")) {
      return "Unknown";
    }
    String phase = status.string("phase");
    return phase.equals("Succeeded") || phase.equals("Failed") ? reason : "Terminating";
  }

  private static boolean gated(JsonObject pod) {
    return pod.object("status")
        .array("conditions")
        .objects()
        .anyMatch(c ->
            c.string("type").equals("PodScheduled")
                && c.string("reason").equals("SchedulingGated"));
  }

  private static boolean initialized(JsonObject pod) {
    return condition(pod, "Initialized");
  }

  private static boolean condition(JsonObject pod, String type) {
    return pod.object("status")
        .array("conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(type) && c.string("status").equals("True"));
  }

  /** What the first init container that has not finished is at. */
  private static Optional<String> initializing(JsonObject pod) {
    Set<String> sidecars = sidecars(pod);
    List<JsonObject> statuses = statuses(pod, "initContainerStatuses");
    for (int i = 0; i < statuses.size(); i++) {
      JsonObject status = statuses.get(i);
      JsonObject state = status.object("state");
      JsonObject terminated = state.object("terminated");
      boolean done = state.has("terminated") && terminated.number("exitCode", 0) == 0;
      boolean serving = sidecars.contains(status.string("name")) && status.bool("started");
      if (done || serving) {
        continue;
      }
      if (state.has("terminated")) {
        return Optional.of("Init:" + terminatedReason(terminated));
      }
      String waiting = state.object("waiting").string("reason");
      if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
        return Optional.of("Init:" + waiting);
      }
      return Optional.of("Init:" + i + "/" + pod.object("spec").array("initContainers").size());
    }
    return Optional.empty();
  }

  private static String terminatedReason(JsonObject terminated) {
    String reason = terminated.string("reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    long signal = terminated.number("signal", 0);
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.number("exitCode", 0);
  }

  private static String ofContainers(JsonObject pod, String phase) {
    String reason = phase;
    boolean running = false;
    for (JsonObject status : statuses(pod, "containerStatuses").reversed()) {
      JsonObject state = status.object("state");
      String waiting = state.object("waiting").string("reason");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (state.has("terminated")) {
        reason = terminatedReason(state.object("terminated"));
      } else if (status.bool("ready") && state.has("running")) {
        running = true;
      }
    }
    if (reason.equals("Completed") && running) {
      return condition(pod, "Ready") ? "Running" : "NotReady";
    }
    return reason;
  }

  static Json restarts(JsonObject pod, Instant now) {
    Set<String> sidecars = sidecars(pod);
    Optional<String> initializing = initializing(pod);
    List<JsonObject> counted =
        initializing.isPresent() && !initialized(pod)
            ? statuses(pod, "initContainerStatuses")
            : Stream.concat(
                    statuses(pod, "containerStatuses").stream(),
                    statuses(pod, "initContainerStatuses").stream()
                        .filter(s -> sidecars.contains(s.string("name"))))
                .toList();
    long restarts = counted.stream().mapToLong(s -> s.number("restartCount", 0)).sum();
    Optional<Instant> last =
        counted.stream()
            .map(s -> s.object("lastState").object("terminated").string("finishedAt"))
            .filter(t -> !t.isEmpty())
            .map(Instant::parse)
            .max(Instant::compareTo);
    return JsonString.of(
        restarts == 0 || last.isEmpty()
            ? Long.toString(restarts)
            : restarts + " (" + Ages.human(Duration.between(last.get(), now)) + " ago)");
  }

  static String ip(JsonObject pod) {
    JsonObject status = pod.object("status");
    String first = status.array("podIPs").objects().findFirst().map(i -> i.string("ip")).orElse("");
    return first.isEmpty() ? Cells.text(status.get("podIP"), Cells.NONE) : first;
  }

  static String readinessGates(JsonObject pod) {
    List<String> gates =
        pod.object("spec")
            .array("readinessGates")
            .objects()
            .map(g -> g.string("conditionType"))
            .toList();
    if (gates.isEmpty()) {
      return Cells.NONE;
    }
    return gates.stream().filter(g -> condition(pod, g)).count() + "/" + gates.size();
  }
}
