package io.tiphys.apiserver.kinds.autoscaling;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What an autoscaler may scale by. */
final class MetricRules {
  private static final Set<String> TARGET_TYPES = Set.of("Utilization", "Value", "AverageValue");

  /** A type of metric: the field that holds it, and its rules. */
  private record Source(String field, Consumer<Scope> rules) {}

  private static final Map<String, Source> SOURCES =
      new TreeMap<>(
          Map.of(
              "ContainerResource",
                  new Source(
                      "containerResource",
                      source -> {
                        source.required("container", "must specify a container");
                        resource(source);
                      }),
              "External", new Source("external", MetricRules::external),
              "Object", new Source("object", MetricRules::object),
              "Pods", new Source("pods", MetricRules::pods),
              "Resource", new Source("resource", MetricRules::resource)));

  private MetricRules() {}

  static void validate(Scope metric) {
    String type = metric.string("type");
    metric.required("type", "must specify a metric source type");
    Source expected = SOURCES.get(type);
    if (expected == null) {
      metric
          .errors()
          .notSupported(metric.at("type"), JsonString.of(type), List.copyOf(SOURCES.keySet()));
      return;
    }
    if (metric.has(expected.field)) {
      expected.rules.accept(metric.in(expected.field));
    } else {
      metric
          .errors()
          .required(
              metric.at(expected.field), "must populate information for the given metric source");
    }
    for (Source other : SOURCES.values()) {
      if (!other.equals(expected) && metric.has(other.field)) {
        metric.forbidden(other.field, "must populate the given metric source only");
      }
    }
  }

  private static void object(Scope source) {
    AutoscalerStrategy.reference(source.in("describedObject"));
    metric(source);
    Scope target = target(source);
    valueOrAverage(target);
  }

  private static void external(Scope source) {
    metric(source);
    Scope target = target(source);
    valueOrAverage(target);
    if (target.has("value") && target.has("averageValue")) {
      target.forbidden("value", "may not set both a target value for metric and a per-pod target");
    }
  }

  private static void valueOrAverage(Scope target) {
    if (!target.has("value") && !target.has("averageValue")) {
      target
          .errors()
          .required(
              target.at("averageValue"),
              "must set either a target value for metric or a per-pod target");
    }
  }

  private static void pods(Scope source) {
    metric(source);
    Scope target = target(source);
    if (!positive(target, "averageValue")) {
      target
          .errors()
          .required(target.at("averageValue"), "must specify a positive target averageValue");
    }
  }

  private static void resource(Scope source) {
    source.required("name", "must specify a resource name");
    Scope target = target(source);
    boolean utilization = target.has("averageUtilization");
    if (!utilization && !target.has("averageValue")) {
      target
          .errors()
          .required(
              target.at("averageUtilization"),
              "must set either a target raw value or a target utilization");
    }
    if (utilization && target.has("averageValue")) {
      target.forbidden(
          "averageValue", "may not set both a target raw value and a target utilization");
    }
  }

  private static void metric(Scope source) {
    Scope metric = source.in("metric");
    if (metric.required("name", "must specify a metric name")) {
      metric.format("name", Names::pathSegment);
    }
    metric.with("selector", LabelRules::selector);
  }

  private static Scope target(Scope source) {
    Scope target = source.in("target");
    if (target.required("type", "must specify a metric target type")) {
      target.unless(
          !TARGET_TYPES.contains(target.string("type")),
          "type",
          "must be either Utilization, Value, or AverageValue");
    }
    for (String field : List.of("value", "averageValue")) {
      target.unless(target.has(field) && !positive(target, field), field, "must be positive");
    }
    target.check("averageUtilization", n -> n >= 1, "must be greater than 0");
    return target;
  }

  private static boolean positive(Scope scope, String field) {
    return Quantities.of(scope.value().get(field)).filter(q -> q.sign() > 0).isPresent();
  }

  static void notNegative(Scope scope, String field) {
    Quantities.of(scope.value().get(field))
        .ifPresent(q -> Quantities.checkNonNegative(q, scope.at(field), scope.errors()));
  }
}
