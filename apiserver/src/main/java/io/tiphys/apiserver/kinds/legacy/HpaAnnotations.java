package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.legacy.Annotations.annotation;
import static io.tiphys.apiserver.kinds.legacy.Annotations.withAnnotation;
import static io.tiphys.apiserver.kinds.legacy.Annotations.withoutAnnotation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The annotations that carry what older versions of HorizontalPodAutoscalers cannot say, as
 * upstream writes them. An annotation that is not well-formed is dropped, as upstream does.
 */
final class HpaAnnotations {
  static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
  static final String CURRENT_METRICS = "autoscaling.alpha.kubernetes.io/current-metrics";
  static final String CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
  static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
  static final String SCALE_UP_TOLERANCE = "autoscaling.alpha.kubernetes.io/scale-up-tolerance";
  static final String SCALE_DOWN_TOLERANCE = "autoscaling.alpha.kubernetes.io/scale-down-tolerance";

  private static final List<String> ALL =
      List.of(
          METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR, SCALE_UP_TOLERANCE, SCALE_DOWN_TOLERANCE);

  private HpaAnnotations() {}

  /** Removes all of them. */
  static JsonObject drop(JsonObject object) {
    JsonObject result = object;
    for (String name : ALL) {
      result = withoutAnnotation(result, name);
    }
    return result;
  }

  /** The list that an annotation holds; null if there is none or it is not a list of objects. */
  static @Nullable JsonArray list(JsonObject object, String name) {
    return parse(object, name) instanceof JsonArray a
            && !a.isEmpty()
            && a.objects().count() == a.size()
        ? a
        : null;
  }

  /** {@code spec.behavior} from its annotation; null if there is none. */
  static @Nullable JsonObject behavior(JsonObject object) {
    return parse(object, BEHAVIOR) instanceof JsonObject o && !o.isEmpty()
        ? (JsonObject) recase(o, HpaAnnotations::lower)
        : null;
  }

  /**
   * Writes {@code spec.behavior}. Upstream encodes a Go struct without JSON names here, so keys
   * begin with capitals.
   */
  static JsonObject withBehavior(JsonObject object, JsonObject behavior) {
    return withAnnotation(object, BEHAVIOR, recase(behavior, HpaAnnotations::upper).toString());
  }

  private static @Nullable Json parse(JsonObject object, String name) {
    Optional<String> text = annotation(object, name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Json.parse(text.get());
    } catch (JsonException _) {
      return null;
    }
  }

  private static Json recase(Json value, UnaryOperator<String> change) {
    return switch (value) {
      case JsonObject o -> {
        JsonObject.Builder builder = new JsonObject.Builder(o.size());
        o.forEach((key, v) -> {
          if (v != JsonNull.NULL) {
            builder.put(change.apply(key), recase(v, change));
          }
        });
        yield builder.build();
      }
      case JsonArray a -> JsonArray.of(a.stream().map(v -> recase(v, change)).toList());
      default -> value;
    };
  }

  private static String lower(String key) {
    return key.isEmpty() ? key : Character.toLowerCase(key.charAt(0)) + key.substring(1);
  }

  private static String upper(String key) {
    return key.isEmpty() ? key : Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }
}
