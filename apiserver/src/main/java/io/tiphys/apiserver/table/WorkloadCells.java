package io.tiphys.apiserver.table;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The cells of workloads, jobs, disruption budgets and autoscalers. */
final class WorkloadCells {
  private WorkloadCells() {}

  /** {@code 2/3}: ready of desired replicas. */
  static String ready(JsonObject workload) {
    return workload.object("status").number("readyReplicas", 0)
        + "/"
        + workload.object("spec").number("replicas", 0);
  }

  static String jobStatus(JsonObject job) {
    List<JsonObject> conditions =
        job.object("status")
            .array("conditions")
            .objects()
            .filter(c -> c.string("status").equals("True"))
            .toList();
    for (String type : List.of("Complete", "Failed")) {
      if (conditions.stream().anyMatch(c -> c.string("type").equals(type))) {
        return type;
      }
    }
    if (job.object("metadata").has("deletionTimestamp")) {
      return "Terminating";
    }
    for (String type : List.of("Suspended", "FailureTarget", "SuccessCriteriaMet")) {
      if (conditions.stream().anyMatch(c -> c.string("type").equals(type))) {
        return type;
      }
    }
    return "Running";
  }

  static String completions(JsonObject job) {
    JsonObject spec = job.object("spec");
    long succeeded = job.object("status").number("succeeded", 0);
    if (spec.has("completions")) {
      return succeeded + "/" + spec.number("completions", 0);
    }
    long parallelism = spec.number("parallelism", 0);
    return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
  }

  static Json jobDuration(JsonObject job, Instant now) {
    String start = job.object("status").string("startTime");
    if (start.isEmpty()) {
      return JsonString.EMPTY;
    }
    String end = job.object("status").string("completionTime");
    Instant until = end.isEmpty() ? now : Instant.parse(end);
    return JsonString.of(Ages.human(Duration.between(Instant.parse(start), until)));
  }

  static Json lastSchedule(JsonObject cronJob, Instant now) {
    String last = cronJob.object("status").string("lastScheduleTime");
    return JsonString.of(last.isEmpty() ? Cells.NONE : Ages.since(last, now));
  }

  static Json activeJobs(JsonObject cronJob, Instant now) {
    return JsonNumber.of(cronJob.object("status").array("active").size());
  }

  static String controller(JsonObject revision) {
    return revision
        .object("metadata")
        .array("ownerReferences")
        .objects()
        .filter(r -> r.bool("controller"))
        .findFirst()
        .map(r -> {
          int slash = r.string("apiVersion").indexOf('/');
          String group = slash < 0 ? "" : "." + r.string("apiVersion").substring(0, slash);
          return r.string("kind").toLowerCase(java.util.Locale.ROOT)
              + group
              + "/"
              + r.string("name");
        })
        .orElse(Cells.NONE);
  }

  static String scaleTarget(JsonObject autoscaler) {
    JsonObject target = autoscaler.object("spec").object("scaleTargetRef");
    return target.string("kind") + "/" + target.string("name");
  }

  /** Current against wanted figures, the first two of them. */
  static String metrics(JsonObject autoscaler) {
    List<JsonObject> specs = autoscaler.object("spec").array("metrics").objects().toList();
    List<JsonObject> current =
        autoscaler.object("status").array("currentMetrics").objects().toList();
    if (specs.isEmpty()) {
      return Cells.NONE;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(2, specs.size()); i++) {
      JsonObject status = i < current.size() ? current.get(i) : JsonObject.EMPTY;
      text.append(i == 0 ? "" : ", ").append(metric(specs.get(i), status));
    }
    return specs.size() > 2 ? text + " + " + (specs.size() - 2) + " more..." : text.toString();
  }

  private static String metric(JsonObject spec, JsonObject status) {
    String type = spec.string("type");
    String source =
        switch (type) {
          case "Resource" -> "resource";
          case "ContainerResource" -> "containerResource";
          case "Pods" -> "pods";
          case "Object" -> "object";
          case "External" -> "external";
          default -> "";
        };
    if (source.isEmpty()) {
      return "<unknown type>";
    }
    JsonObject target = spec.object(source).object("target");
    JsonObject now = status.object(source).object("current");
    String name =
        type.equals("Resource") || type.equals("ContainerResource")
            ? spec.object(source).string("name") + ": "
            : "";
    if (target.has("averageUtilization")) {
      String used =
          now.has("averageUtilization") ? now.number("averageUtilization", 0) + "%" : "<unknown>";
      return name + used + "/" + target.number("averageUtilization", 0) + "%";
    }
    if (target.has("averageValue")) {
      String average = type.equals("Object") || type.equals("External") ? " (avg)" : "";
      return name
          + Cells.text(now.get("averageValue"), "<unknown>")
          + "/"
          + Cells.text(target.get("averageValue"), "")
          + average;
    }
    return name
        + Cells.text(now.get("value"), "<unknown>")
        + "/"
        + Cells.text(target.get("value"), "<auto>");
  }

  static String minReplicas(JsonObject autoscaler) {
    return Cells.text(autoscaler.at("spec", "minReplicas"), Cells.UNSET);
  }

  /** {@code cpu: 100m/2, pods: 3/10} of the limits or of everything else. */
  static String quota(JsonObject quota, boolean limits) {
    JsonObject used = quota.object("status").object("used");
    JsonObject hard = quota.object("status").object("hard");
    return hard.keys().stream()
        .filter(k -> k.startsWith("limits") == limits)
        .map(k -> k + ": " + Cells.text(used.get(k), "0") + "/" + Cells.text(hard.get(k), "0"))
        .collect(Collectors.joining(", "));
  }
}
