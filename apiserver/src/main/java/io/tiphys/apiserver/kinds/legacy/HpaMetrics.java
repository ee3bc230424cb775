package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.Trees.change;
import static io.tiphys.apiserver.kinds.legacy.Annotations.rename;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.List;

/**
 * Metrics of HorizontalPodAutoscalers in their first form ({@code autoscaling/v2beta1}, and the
 * annotations of {@code autoscaling/v1}): one flat object per source. {@code v2} nests the metric,
 * the target and the current value.
 */
final class HpaMetrics {
  private static final JsonString ZERO = JsonString.of("0");

  /**
   * How one source is flattened.
   *
   * @param source the field that holds it
   * @param metricName the flat field of {@code metric.name}; "" for sources that name a resource
   * @param selector the flat field of {@code metric.selector}
   * @param value the flat field of {@code target.value}; "" if the source has none
   * @param average of {@code target.averageValue}
   * @param utilization of {@code target.averageUtilization}; "" if the source has none
   */
  private record Source(
      String source,
      String metricName,
      String selector,
      String value,
      String average,
      String utilization) {

    boolean object() {
      return source.equals("object");
    }
  }

  private static final List<Source> SPEC =
      List.of(
          new Source("object", "metricName", "selector", "targetValue", "averageValue", ""),
          new Source("pods", "metricName", "selector", "", "targetAverageValue", ""),
          new Source("resource", "", "", "", "targetAverageValue", "targetAverageUtilization"),
          new Source(
              "containerResource", "", "", "", "targetAverageValue", "targetAverageUtilization"),
          new Source(
              "external", "metricName", "metricSelector", "targetValue", "targetAverageValue", ""));

  private static final List<Source> STATUS =
      List.of(
          new Source("object", "metricName", "selector", "currentValue", "averageValue", ""),
          new Source("pods", "metricName", "selector", "", "currentAverageValue", ""),
          new Source("resource", "", "", "", "currentAverageValue", "currentAverageUtilization"),
          new Source(
              "containerResource", "", "", "", "currentAverageValue", "currentAverageUtilization"),
          new Source(
              "external",
              "metricName",
              "metricSelector",
              "currentValue",
              "currentAverageValue",
              ""));

  private HpaMetrics() {}

  /** An item of {@code spec.metrics} of v2, flat. */
  static JsonObject flatSpec(JsonObject metric) {
    JsonObject result = metric;
    for (Source source : SPEC) {
      result = change(result, source.source, o -> flat(o, source, "target"));
    }
    return result;
  }

  /** The inverse of {@link #flatSpec}. */
  static JsonObject nestedSpec(JsonObject metric) {
    JsonObject result = metric;
    for (Source source : SPEC) {
      result = change(result, source.source, o -> nested(o, source, "target"));
    }
    return result;
  }

  /** An item of {@code status.currentMetrics} of v2, flat. */
  static JsonObject flatStatus(JsonObject metric) {
    JsonObject result = metric;
    for (Source source : STATUS) {
      result = change(result, source.source, o -> flat(o, source, "current"));
    }
    return result;
  }

  /** The inverse of {@link #flatStatus}. */
  static JsonObject nestedStatus(JsonObject metric) {
    JsonObject result = metric;
    for (Source source : STATUS) {
      result = change(result, source.source, o -> nested(o, source, "current"));
    }
    return result;
  }

  private static JsonObject flat(JsonObject v2, Source source, String measured) {
    JsonObject metric = v2.object("metric");
    JsonObject amount = v2.object(measured);
    JsonObject result = v2.without("metric").without(measured);
    if (source.object()) {
      result = rename(result, "describedObject", "target");
    }
    if (!source.metricName.isEmpty()) {
      result = result.with(source.metricName, metric.string("name"));
      result = copy(metric, "selector", result, source.selector);
    }
    result = copy(amount, "value", result, source.value);
    result = copy(amount, "averageValue", result, source.average);
    result = copy(amount, "averageUtilization", result, source.utilization);
    boolean valueRequired = source.object() && !result.has(source.value);
    return valueRequired ? result.with(source.value, ZERO) : result;
  }

  private static JsonObject nested(JsonObject old, Source source, String measured) {
    JsonObject amount = JsonObject.EMPTY;
    boolean averaged = old.has(source.average);
    Json value = source.value.isEmpty() ? null : old.get(source.value);
    if (value != null && !(source.object() && averaged && isZero(value))) {
      amount = amount.with("value", value);
    }
    amount = copy(old, source.average, amount, "averageValue");
    amount = copy(old, source.utilization, amount, "averageUtilization");
    if (measured.equals("target")) {
      amount = amount.with("type", type(amount));
    }
    JsonObject result = old.without(source.average);
    result = source.value.isEmpty() ? result : result.without(source.value);
    result = source.utilization.isEmpty() ? result : result.without(source.utilization);
    if (source.object()) {
      result = rename(result, "target", "describedObject");
    }
    if (!source.metricName.isEmpty()) {
      JsonObject metric = JsonObject.of("name", old.string(source.metricName));
      metric = copy(old, source.selector, metric, "selector");
      result = result.without(source.metricName).without(source.selector).with("metric", metric);
    }
    return result.with(measured, amount);
  }

  private static String type(JsonObject amount) {
    return amount.has("averageUtilization")
        ? "Utilization"
        : amount.has("averageValue") ? "AverageValue" : "Value";
  }

  private static boolean isZero(Json quantity) {
    return quantity.equals(ZERO) || quantity.equals(JsonNumber.of(0));
  }

  private static JsonObject copy(JsonObject from, String key, JsonObject to, String as) {
    Json value = key.isEmpty() || as.isEmpty() ? null : from.get(key);
    return value == null ? to : to.with(as, value);
  }
}
