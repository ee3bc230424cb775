package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.Trees.change;
import static io.tiphys.apiserver.kinds.Trees.setIfAbsent;
import static io.tiphys.apiserver.kinds.legacy.Annotations.annotation;
import static io.tiphys.apiserver.kinds.legacy.Annotations.withAnnotation;
import static io.tiphys.apiserver.kinds.legacy.Annotations.withoutAnnotation;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Deployments, DaemonSets, ReplicaSets and StatefulSets before {@code apps/v1}: the same shape, but
 * other defaults, a selector taken from the template's labels, and a field that later became an
 * annotation.
 *
 * @param fromTemplate whether selector and labels default to the template's labels
 * @param moved the field that lies in an annotation in {@code apps/v1}; null if there is none
 * @param defaults the version's own defaults for {@code spec}
 */
record WorkloadConversion(
    boolean fromTemplate, @Nullable Moved moved, UnaryOperator<JsonObject> defaults)
    implements Conversion {
  private static final JsonNumber MAX_INT32 = JsonNumber.of(Integer.MAX_VALUE);
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  /** A number below {@code spec} and the annotation that carries it in {@code apps/v1}. */
  record Moved(String annotation, String... path) {
    static final Moved ROLLBACK =
        new Moved("deprecated.deployment.rollback.to", "rollbackTo", "revision");
    static final Moved TEMPLATE_GENERATION =
        new Moved("deprecated.daemonset.template.generation", "templateGeneration");
  }

  static final Conversion EXTENSIONS_DEPLOYMENT =
      new WorkloadConversion(
          true,
          Moved.ROLLBACK,
          spec ->
              rolling(
                  setIfAbsent(
                      setIfAbsent(spec, "revisionHistoryLimit", MAX_INT32),
                      "progressDeadlineSeconds",
                      MAX_INT32),
                  JsonNumber.of(1)));

  static final Conversion APPS_V1BETA1_DEPLOYMENT =
      new WorkloadConversion(
          true,
          Moved.ROLLBACK,
          spec ->
              rolling(
                  setIfAbsent(spec, "revisionHistoryLimit", JsonNumber.of(2)),
                  JsonString.of("25%")));

  static final Conversion EXTENSIONS_DAEMON_SET =
      new WorkloadConversion(true, Moved.TEMPLATE_GENERATION, spec -> updateType(spec, "OnDelete"));

  static final Conversion EXTENSIONS_REPLICA_SET = new WorkloadConversion(true, null, s -> s);

  static final Conversion APPS_V1BETA1_STATEFUL_SET =
      new WorkloadConversion(true, null, spec -> updateType(spec, "OnDelete"));

  private static JsonObject updateType(JsonObject spec, String type) {
    return spec.with(
        "updateStrategy", setIfAbsent(spec.object("updateStrategy"), "type", JsonString.of(type)));
  }

  private static JsonObject rolling(JsonObject spec, Json most) {
    JsonObject strategy =
        setIfAbsent(spec.object("strategy"), "type", JsonString.of("RollingUpdate"));
    if (strategy.string("type").equals("RollingUpdate")) {
      JsonObject rolling = strategy.object("rollingUpdate");
      strategy =
          strategy.with(
              "rollingUpdate",
              setIfAbsent(setIfAbsent(rolling, "maxUnavailable", most), "maxSurge", most));
    }
    return spec.with("strategy", strategy);
  }

  @Override
  public JsonObject defaults(JsonObject served) {
    return change(fromTemplate ? labelled(served) : served, "spec", defaults);
  }

  @Override
  public JsonObject toStorage(JsonObject served) {
    if (moved == null) {
      return served;
    }
    Json value = served.object("spec").at(moved.path);
    JsonObject object = change(served, "spec", spec -> spec.without(moved.path[0]));
    return value instanceof JsonNumber n
        ? withAnnotation(object, moved.annotation, Long.toString(n.longValue()))
        : served.object("spec").has(moved.path[0])
            ? withAnnotation(object, moved.annotation, "0")
            : object;
  }

  @Override
  public JsonObject fromStorage(JsonObject stored) {
    if (moved == null) {
      return stored;
    }
    Optional<String> value =
        annotation(stored, moved.annotation).filter(v -> DECIMAL.matcher(v).matches());
    if (value.isEmpty()) {
      return stored;
    }
    JsonNumber number = JsonNumber.of(Long.parseLong(value.get()));
    return withoutAnnotation(stored, moved.annotation)
        .with("spec", stored.object("spec").withAt(number, moved.path));
  }

  /** The template's labels are the object's own labels and its selector, where it has none. */
  private static JsonObject labelled(JsonObject object) {
    JsonObject spec = object.object("spec");
    JsonObject labels = spec.object("template").object("metadata").object("labels");
    if (labels.isEmpty()) {
      return object;
    }
    JsonObject result = object;
    if (!spec.has("selector")) {
      result = result.with("spec", spec.with("selector", JsonObject.of("matchLabels", labels)));
    }
    return object.object("metadata").object("labels").isEmpty()
        ? result.withAt(labels, "metadata", "labels")
        : result;
  }
}
