package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a Job does about pods that fail in known ways (KEP-3329). */
final class PodFailureRules {
  private static final int MAX_RULES = 20;
  private static final int MAX_EXIT_CODES = 255;
  private static final int MAX_CONDITIONS = 20;
  private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
  private static final List<String> OPERATORS = List.of("In", "NotIn");
  private static final List<String> STATUSES = List.of("False", "True", "Unknown");

  private PodFailureRules() {}

  static void validate(Scope policy, Scope spec) {
    Limits.items(policy, "rules", MAX_RULES);
    Scope pod = spec.in("template").in("spec");
    Set<String> containers =
        Stream.of("containers", "initContainers")
            .flatMap(list -> pod.value().array(list).objects())
            .map(container -> container.string("name"))
            .collect(Collectors.toSet());
    policy.each("rules", rule -> rule(rule, spec, containers));
  }

  private static void rule(Scope rule, Scope spec, Set<String> containers) {
    oneOf(rule, "action", ACTIONS);
    rule.unless(
        rule.string("action").equals("FailIndex") && !spec.has("backoffLimitPerIndex"),
        "action",
        "requires the backoffLimitPerIndex to be set");
    rule.with("onExitCodes", codes -> exitCodes(codes, containers));
    Limits.items(rule, "onPodConditions", MAX_CONDITIONS);
    rule.each(
        "onPodConditions",
        pattern -> {
          pattern.formatEvenEmpty("type", Names::qualifiedName);
          oneOf(pattern, "status", STATUSES);
        });
    boolean codes = rule.has("onExitCodes");
    if (codes == rule.isSet("onPodConditions")) {
      invalid(
          rule,
          codes
              ? "specifying both OnExitCodes and OnPodConditions is not supported"
              : "specifying one of OnExitCodes and OnPodConditions is required");
    }
  }

  /** An error that does not repeat the value. */
  private static void invalid(Scope rule, String detail) {
    String field = rule.path().toString();
    rule.errors()
        .add(new FieldError(FieldError.Kind.INVALID, field, field + ": Invalid value: " + detail));
  }

  private static void exitCodes(Scope codes, Set<String> containers) {
    oneOf(codes, "operator", OPERATORS);
    codes.unless(
        codes.has("containerName") && !containers.contains(codes.string("containerName")),
        "containerName",
        "must be one of the container or initContainer names in the pod template");
    JsonArray values = codes.value().array("values");
    FieldPath path = codes.at("values");
    if (values.isEmpty()) {
      codes.errors().invalid(path, values, "at least one value is required");
    }
    Limits.items(codes, "values", MAX_EXIT_CODES);
    Set<Json> seen = new HashSet<>();
    boolean ordered = true;
    long previous = Long.MIN_VALUE;
    for (int i = 0; i < values.size(); i++) {
      long value = values.get(i) instanceof JsonNumber n ? n.longValue() : previous;
      if (value == 0 && codes.string("operator").equals("In")) {
        codes.errors().invalid(path.index(i), values.get(i), "must not be 0 for the In operator");
      }
      if (!seen.add(values.get(i))) {
        codes.errors().duplicate(path.index(i), values.get(i));
      }
      ordered &= value >= previous;
      previous = value;
    }
    if (!ordered) {
      codes.errors().invalid(path, values, "must be ordered");
    }
  }

  private static void oneOf(Scope scope, String field, List<String> values) {
    String quoted =
        values.stream().map(v -> JsonString.of(v).toString()).collect(Collectors.joining(" "));
    if (scope.required(field, "valid values: [" + quoted + "]")) {
      scope.oneOf(field, values);
    }
  }
}
