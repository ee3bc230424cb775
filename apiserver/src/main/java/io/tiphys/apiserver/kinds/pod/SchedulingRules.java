package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tolerations, topology spread constraints, scheduling and readiness gates. */
public final class SchedulingRules {
  static final List<String> TAINT_EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private SchedulingRules() {}

  static void validate(Scope spec) {
    LabelRules.labels(spec.value().object("nodeSelector"), spec.at("nodeSelector"), spec.errors());
    spec.with("affinity", AffinityRules::validate);
    spec.each("tolerations", SchedulingRules::toleration);
    spread(spec);
    gates(spec);
  }

  /** What taints a pod or a runtime class puts up with. */
  public static void toleration(Scope toleration) {
    toleration.format("key", Names::qualifiedName);
    String operator = toleration.string("operator");
    String value = toleration.string("value");
    toleration.unless(
        toleration.string("key").isEmpty() && !operator.equals("Exists"),
        "operator",
        "operator must be Exists when `key` is empty, which means \"match all values and all"
            + " keys\"");
    if (toleration.has("tolerationSeconds") && !toleration.string("effect").equals("NoExecute")) {
      toleration
          .errors()
          .invalid(
              toleration.at("effect"),
              JsonString.of(toleration.string("effect")),
              "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    switch (operator) {
      case "", "Equal" -> {
        List<String> faults = Names.labelValue(value);
        if (!faults.isEmpty()) {
          toleration
              .errors()
              .invalid(toleration.at("operator"), JsonString.of(value), String.join(";", faults));
        }
      }
      case "Exists" -> {
        if (!value.isEmpty()) {
          toleration
              .errors()
              .invalid(
                  toleration.at("operator"),
                  toleration.value(),
                  "value must be empty when `operator` is 'Exists'");
        }
      }
      default -> toleration.oneOf("operator", List.of("Equal", "Exists"));
    }
    effect(toleration);
  }

  /** The effect of a taint or toleration; listed in upstream's order. */
  public static void effect(Scope scope) {
    String effect = scope.string("effect");
    if (!effect.isEmpty() && !TAINT_EFFECTS.contains(effect)) {
      scope.errors().notSupported(scope.at("effect"), JsonString.of(effect), TAINT_EFFECTS);
    }
  }

  private static void spread(Scope spec) {
    Set<String> seen = new HashSet<>();
    spec.each(
        "topologySpreadConstraints",
        constraint -> {
          if (constraint.number("maxSkew", 0) <= 0) {
            constraint.invalidNumber("maxSkew", "must be greater than zero");
          }
          if (constraint.required("topologyKey", "can not be empty")) {
            constraint.format("topologyKey", Names::qualifiedName);
          }
          String when = constraint.string("whenUnsatisfiable");
          constraint.requiredOneOf("whenUnsatisfiable", List.of("DoNotSchedule", "ScheduleAnyway"));
          String pair = "{" + constraint.string("topologyKey") + ", " + when + "}";
          if (!seen.add(pair)) {
            constraint
                .errors()
                .duplicate(
                    constraint.path().child("{topologyKey, whenUnsatisfiable}"),
                    JsonString.of(pair));
          }
          minDomains(constraint, when);
          for (String policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
            constraint.oneOf(policy, List.of("Honor", "Ignore"));
          }
          constraint.with("labelSelector", LabelRules::selector);
          matchLabelKeys(constraint);
        });
  }

  private static void minDomains(Scope constraint, String when) {
    if (!constraint.has("minDomains")) {
      return;
    }
    constraint.check("minDomains", n -> n > 0, "must be greater than zero");
    constraint.unless(
        !when.equals("DoNotSchedule"),
        "minDomains",
        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + when);
  }

  private static void matchLabelKeys(Scope constraint) {
    List<Scope.Item> keys = constraint.strings("matchLabelKeys");
    if (keys.isEmpty()) {
      return;
    }
    if (!constraint.has("labelSelector")) {
      constraint.forbidden("matchLabelKeys", "must not be specified when labelSelector is not set");
      return;
    }
    keys.forEach(key -> constraint.format(key.path(), key.value(), Names::qualifiedName));
  }

  private static void gates(Scope spec) {
    spec.each(
        "readinessGates", gate -> gate.formatEvenEmpty("conditionType", Names::qualifiedName));
    Set<String> seen = new HashSet<>();
    spec.each(
        "schedulingGates",
        gate -> {
          gate.formatEvenEmpty("name", Names::qualifiedName);
          if (!seen.add(gate.string("name"))) {
            gate.errors()
                .add(FieldError.duplicate(gate.path(), JsonString.of(gate.string("name"))));
          }
        });
  }
}
