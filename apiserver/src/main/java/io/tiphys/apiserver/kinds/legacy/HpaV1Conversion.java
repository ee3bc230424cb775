package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.legacy.Annotations.annotation;
import static io.tiphys.apiserver.kinds.legacy.Annotations.mapItems;
import static io.tiphys.apiserver.kinds.legacy.Annotations.withAnnotation;
import static io.tiphys.apiserver.kinds.legacy.Annotations.withoutAnnotation;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code autoscaling/v1}: knows one metric, the CPU's utilization. Other metrics, the behavior,
 * conditions and current metrics travel in annotations.
 */
final class HpaV1Conversion implements Conversion {
  /** Where the CPU stood among the metrics, if not last as a reader of v1 assumes. */
  private static final String CPU_INDEX = "tiphys.io/cpu-metric-index";

  private static final String SPEC_CPU = "targetCPUUtilizationPercentage";
  private static final String STATUS_CPU = "currentCPUUtilizationPercentage";

  @Override
  public JsonObject fromStorage(JsonObject stored) {
    JsonObject result = withoutAnnotation(HpaAnnotations.drop(stored), CPU_INDEX);
    if (stored.get("spec") instanceof JsonObject spec) {
      result = specFromStorage(result, spec);
    }
    if (stored.get("status") instanceof JsonObject status) {
      result = statusFromStorage(result, status);
    }
    return result;
  }

  private static JsonObject specFromStorage(JsonObject object, JsonObject spec) {
    JsonObject result = object;
    JsonObject flat = spec.without("metrics").without("behavior");
    List<Json> others = new ArrayList<>(spec.array("metrics").list());
    for (int i = 0; i < others.size(); i++) {
      if (cpu(others.get(i), "target") instanceof JsonNumber n) {
        flat = flat.with(SPEC_CPU, n);
        others.remove(i);
        if (i < others.size()) {
          result = withAnnotation(result, CPU_INDEX, Integer.toString(i));
        }
        break;
      }
    }
    if (!others.isEmpty()) {
      JsonArray metrics = mapItems(JsonArray.of(others), HpaMetrics::flatSpec);
      result = withAnnotation(result, HpaAnnotations.METRICS, metrics.toString());
    }
    if (spec.get("behavior") instanceof JsonObject behavior) {
      result = HpaAnnotations.withBehavior(result, behavior);
    }
    return result.with("spec", flat);
  }

  private static JsonObject statusFromStorage(JsonObject object, JsonObject status) {
    JsonObject result = object;
    JsonObject flat = status.without("currentMetrics").without("conditions");
    for (JsonObject metric : status.array("currentMetrics").objects().toList()) {
      if (cpu(metric, "current") instanceof JsonNumber n) {
        flat = flat.with(STATUS_CPU, n);
        break;
      }
    }
    JsonArray current = status.array("currentMetrics");
    if (!current.isEmpty()) {
      JsonArray metrics = mapItems(current, HpaMetrics::flatStatus);
      result = withAnnotation(result, HpaAnnotations.CURRENT_METRICS, metrics.toString());
    }
    JsonArray conditions = status.array("conditions");
    if (!conditions.isEmpty()) {
      result = withAnnotation(result, HpaAnnotations.CONDITIONS, conditions.toString());
    }
    return result.with("status", flat);
  }

  /** The CPU's utilization that a metric asks for or reports; null if it is another metric. */
  private static @Nullable Json cpu(Json metric, String measured) {
    return metric instanceof JsonObject o
            && o.string("type").equals("Resource")
            && o.object("resource").string("name").equals("cpu")
        ? o.at("resource", measured, "averageUtilization")
        : null;
  }

  @Override
  public JsonObject toStorage(JsonObject served) {
    JsonObject result = withoutAnnotation(HpaAnnotations.drop(served), CPU_INDEX);
    if (served.get("spec") instanceof JsonObject spec) {
      result = result.with("spec", specToStorage(served, spec));
    }
    if (served.get("status") instanceof JsonObject status) {
      result = result.with("status", statusToStorage(served, status));
    }
    return result;
  }

  private static JsonObject specToStorage(JsonObject served, JsonObject spec) {
    List<Json> metrics = new ArrayList<>();
    JsonArray others = HpaAnnotations.list(served, HpaAnnotations.METRICS);
    if (others != null) {
      mapItems(others, HpaMetrics::nestedSpec).forEach(metrics::add);
    }
    if (spec.get(SPEC_CPU) instanceof JsonNumber percent) {
      JsonObject target = JsonObject.of("type", "Utilization", "averageUtilization", percent);
      metrics.add(
          cpuIndex(served, metrics.size()),
          JsonObject.of(
              "type", "Resource", "resource", JsonObject.of("name", "cpu", "target", target)));
    }
    JsonObject result = spec.without(SPEC_CPU);
    result = metrics.isEmpty() ? result : result.with("metrics", JsonArray.of(metrics));
    JsonObject behavior = HpaAnnotations.behavior(served);
    return behavior == null ? result : result.with("behavior", behavior);
  }

  private static int cpuIndex(JsonObject served, int last) {
    String text = annotation(served, CPU_INDEX).orElse("");
    return text.matches("[0-9]{1,3}") ? Math.min(Integer.parseInt(text), last) : last;
  }

  private static JsonObject statusToStorage(JsonObject served, JsonObject status) {
    JsonObject result = status.without(STATUS_CPU);
    JsonArray current = HpaAnnotations.list(served, HpaAnnotations.CURRENT_METRICS);
    if (current != null) {
      result = result.with("currentMetrics", mapItems(current, HpaMetrics::nestedStatus));
    } else if (status.get(STATUS_CPU) instanceof JsonNumber percent) {
      JsonObject resource =
          JsonObject.of("name", "cpu", "current", JsonObject.of("averageUtilization", percent));
      result =
          result.with(
              "currentMetrics",
              JsonArray.of(JsonObject.of("type", "Resource", "resource", resource)));
    }
    JsonArray conditions = HpaAnnotations.list(served, HpaAnnotations.CONDITIONS);
    return conditions == null ? result : result.with("conditions", conditions);
  }
}
