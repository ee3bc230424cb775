package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.ValueFormatException;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may be reported of a Job. A contradiction that was stored already is let through, so that
 * old objects can still be updated.
 */
final class JobStatusRules {
  private static final List<String> COUNTS =
      List.of("active", "succeeded", "failed", "ready", "terminating");
  private static final List<String> TERMINAL =
      List.of("Failed", "Complete", "FailureTarget", "SuccessCriteriaMet");

  private JobStatusRules() {}

  static void validate(Scope updated, JsonObject current) {
    FieldErrors before = new FieldErrors();
    state(Scope.of(current, before));
    FieldErrors after = new FieldErrors();
    state(Scope.of(updated.value(), after));
    after.list().stream()
        .filter(error -> !before.list().contains(error))
        .forEach(updated.errors()::add);
    changes(updated, current);
  }

  private static void state(Scope job) {
    Scope status = job.in("status");
    COUNTS.forEach(status::nonNegative);
    status.with("uncountedTerminatedPods", JobStatusRules::uncounted);
    conditions(status);
    finished(status);
    indexes(job.in("spec"), status);
    status.check(
        "ready", n -> n <= status.number("active", 0), "cannot set more ready pods than active");
  }

  private static void uncounted(Scope pods) {
    Set<String> seen = new HashSet<>();
    for (String list : List.of("succeeded", "failed")) {
      for (Scope.Item uid : pods.strings(list)) {
        if (uid.value().isEmpty()) {
          pods.errors().invalid(uid.path(), JsonString.EMPTY, "must not be empty");
        } else if (!seen.add(uid.value())) {
          pods.errors().duplicate(uid.path(), JsonString.of(uid.value()));
        }
      }
    }
  }

  private static boolean is(Scope status, String type) {
    return is(status.value(), type);
  }

  private static boolean is(JsonObject status, String type) {
    return status
        .array("conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(type) && c.string("status").equals("True"));
  }

  private static void conditions(Scope status) {
    boolean complete = is(status, "Complete");
    boolean failed = is(status, "Failed");
    boolean failing = is(status, "FailureTarget");
    boolean succeeding = is(status, "SuccessCriteriaMet");
    contradiction(
        status, complete && failed, "cannot set Complete=True and Failed=true conditions");
    contradiction(
        status, complete && failing, "cannot set Complete=True and FailureTarget=true conditions");
    contradiction(
        status,
        failed && !failing,
        "cannot set Failed=True condition without the FailureTarget=true condition");
    contradiction(
        status,
        complete && !succeeding,
        "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    contradiction(
        status,
        succeeding && failed,
        "cannot set SuccessCriteriaMet=True and Failed=true conditions");
    contradiction(
        status,
        succeeding && failing,
        "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
  }

  /** An error about the conditions that does not repeat them. */
  private static void contradiction(Scope status, boolean found, String detail) {
    if (found) {
      String field = status.at("conditions").toString();
      status
          .errors()
          .add(
              new FieldError(FieldError.Kind.INVALID, field, field + ": Invalid value: " + detail));
    }
  }

  private static void finished(Scope status) {
    boolean complete = is(status, "Complete");
    boolean finished = complete || is(status, "Failed");
    status.unless(
        status.has("completionTime") && !complete,
        "completionTime",
        "cannot set completionTime when there is no Complete=True condition");
    if (complete && !status.has("completionTime")) {
      status
          .errors()
          .required(status.at("completionTime"), "completionTime is required for Complete jobs");
    }
    status.unless(
        status.has("startTime")
            && status.has("completionTime")
            && status.string("completionTime").compareTo(status.string("startTime")) < 0,
        "completionTime",
        "completionTime cannot be set before startTime");
    if (!finished) {
      return;
    }
    if (!status.has("startTime")) {
      status.errors().required(status.at("startTime"), "startTime is required for finished job");
    }
    for (String field : List.of("active", "terminating")) {
      status.unless(status.number(field, 0) > 0, field, field + ">0 is invalid for finished job");
    }
    Scope uncounted = status.in("uncountedTerminatedPods");
    status.unless(
        uncounted.isSet("failed") || uncounted.isSet("succeeded"),
        "uncountedTerminatedPods",
        "uncountedTerminatedPods needs to be empty for finished job");
  }

  private static void indexes(Scope spec, Scope status) {
    status.unless(
        status.isSet("completedIndexes") && !JobSpecRules.indexed(spec),
        "completedIndexes",
        "cannot set non-empty completedIndexes when non-indexed completion mode");
    status.unless(
        status.has("failedIndexes") && !spec.has("backoffLimitPerIndex"),
        "failedIndexes",
        "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
    if (!spec.has("completions")) {
      return;
    }
    long completions = spec.number("completions", 0);
    Optional<JobIndexes> completed = parse(status, "completedIndexes", completions);
    Optional<JobIndexes> failed = parse(status, "failedIndexes", completions);
    if (completed.isPresent() && failed.isPresent()) {
      failed
          .get()
          .firstShared(completed.get())
          .ifPresent(index ->
              status.invalid(
                  "failedIndexes",
                  "failedIndexes and completedIndexes overlap at index: " + index));
    }
  }

  private static Optional<JobIndexes> parse(Scope status, String field, long completions) {
    try {
      return Optional.of(JobIndexes.parse(status.string(field), completions));
    } catch (ValueFormatException e) {
      status.invalid(field, "error parsing " + field + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void changes(Scope updated, JsonObject current) {
    Scope status = updated.in("status");
    JsonObject before = current.object("status");
    for (String type : TERMINAL) {
      contradiction(
          status,
          is(before, type) && !is(status, type),
          type.equals("SuccessCriteriaMet")
              ? "cannot disable the SuccessCriteriaMet=True condition"
              : "cannot disable the terminal " + type + "=True condition");
    }
    for (String counter : List.of("failed", "succeeded")) {
      if (status.number(counter, 0) < before.number(counter, 0)) {
        status.invalid(counter, "cannot decrease the " + counter + " counter");
      }
    }
    status.unless(
        status.has("completionTime")
            && before.has("completionTime")
            && !Trees.same(status.value().get("completionTime"), before.get("completionTime")),
        "completionTime",
        "completionTime cannot be mutated");
    if (before.has("startTime")
        && !Trees.same(status.value().get("startTime"), before.get("startTime"))
        && !updated.value().object("spec").bool("suspend")) {
      status
          .errors()
          .required(status.at("startTime"), "startTime cannot be removed for unsuspended job");
    }
  }
}
