package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.Trees.change;
import static io.tiphys.apiserver.kinds.Trees.changeEach;
import static io.tiphys.apiserver.kinds.legacy.Annotations.annotation;
import static io.tiphys.apiserver.kinds.legacy.Annotations.withAnnotation;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.Map;
import java.util.Optional;

/**
 * The beta versions of {@code autoscaling/v2}. {@code v2beta1} has flat metrics and no behavior;
 * {@code v2beta2} lacks only the tolerance of scaling rules.
 */
final class HpaV2BetaConversion {
  private HpaV2BetaConversion() {}

  static final class V2beta1 implements Conversion {

    @Override
    public JsonObject toStorage(JsonObject served) {
      JsonObject result = HpaAnnotations.drop(served);
      result = change(result, "spec", s -> changeEach(s, "metrics", HpaMetrics::nestedSpec));
      result =
          change(result, "status", s -> changeEach(s, "currentMetrics", HpaMetrics::nestedStatus));
      JsonObject behavior = HpaAnnotations.behavior(served);
      return behavior == null ? result : result.withAt(behavior, "spec", "behavior");
    }

    @Override
    public JsonObject fromStorage(JsonObject stored) {
      JsonObject result = HpaAnnotations.drop(stored);
      result =
          change(
              result,
              "spec",
              s -> changeEach(s.without("behavior"), "metrics", HpaMetrics::flatSpec));
      result =
          change(result, "status", s -> changeEach(s, "currentMetrics", HpaMetrics::flatStatus));
      return stored.at("spec", "behavior") instanceof JsonObject behavior
          ? HpaAnnotations.withBehavior(result, behavior)
          : result;
    }
  }

  static final class V2beta2 implements Conversion {
    private static final Map<String, String> TOLERANCES =
        Map.of(
            "scaleUp", HpaAnnotations.SCALE_UP_TOLERANCE,
            "scaleDown", HpaAnnotations.SCALE_DOWN_TOLERANCE);

    @Override
    public JsonObject toStorage(JsonObject served) {
      JsonObject result = HpaAnnotations.drop(served);
      for (Map.Entry<String, String> tolerance : TOLERANCES.entrySet()) {
        Optional<String> value = annotation(served, tolerance.getValue());
        if (value.isPresent()) {
          result =
              result.withAt(
                  JsonString.of(value.get()), "spec", "behavior", tolerance.getKey(), "tolerance");
        }
      }
      return result;
    }

    @Override
    public JsonObject fromStorage(JsonObject stored) {
      JsonObject result = HpaAnnotations.drop(stored);
      for (Map.Entry<String, String> tolerance : TOLERANCES.entrySet()) {
        Json value = stored.at("spec", "behavior", tolerance.getKey(), "tolerance");
        if (value instanceof JsonString s) {
          result = result.withoutAt("spec", "behavior", tolerance.getKey(), "tolerance");
          result = withAnnotation(result, tolerance.getValue(), s.value());
        }
      }
      return result;
    }
  }
}
