package io.tiphys.apiserver.kinds.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Random stored objects survive being read and written back through any older version. */
class LegacyRoundTripTest {
  private static final int OBJECTS = 400;

  private final Map<String, Function<Random, JsonObject>> generators =
      Map.of(
          "Deployment", LegacyRoundTripTest::deployment,
          "DaemonSet", LegacyRoundTripTest::daemonSet,
          "ReplicaSet", LegacyRoundTripTest::workload,
          "StatefulSet", LegacyRoundTripTest::statefulSet,
          "Ingress", LegacyRoundTripTest::ingress,
          "PodDisruptionBudget", LegacyRoundTripTest::disruptionBudget,
          "HorizontalPodAutoscaler", LegacyRoundTripTest::autoscaler,
          "Event", LegacyRoundTripTest::event,
          "EndpointSlice", LegacyRoundTripTest::endpointSlice);

  @TestFactory
  Stream<DynamicTest> storedObjectsSurvive() {
    return LegacyConversions.ALL.stream()
        .filter(k -> generators.containsKey(k.stored().kind()))
        .map(k ->
            DynamicTest.dynamicTest(
                k.served().toString(), () -> survive(k, generators.get(k.stored().kind()))));
  }

  private static void survive(LegacyKind kind, Function<Random, JsonObject> generator) {
    for (int seed = 0; seed < OBJECTS; seed++) {
      JsonObject stored = generator.apply(new Random(seed));
      JsonObject served = kind.conversion().fromStorage(stored);
      assertThat(kind.conversion().toStorage(served))
          .as("seed %d, served as %s", seed, served)
          .isEqualTo(stored);
      assertThat(kind.conversion().fromStorage(kind.conversion().toStorage(served)))
          .as("seed %d", seed)
          .isEqualTo(served);
    }
  }

  private static JsonObject maybe(Random r, JsonObject object, String key, Supplier<Json> value) {
    return r.nextBoolean() ? object.with(key, value.get()) : object;
  }

  private static Json text(Random r) {
    return Json.parse("\"t" + r.nextInt(50) + "\"");
  }

  private static Json number(Random r) {
    return Json.parse(Integer.toString(r.nextInt(3000)));
  }

  private static JsonArray list(Random r, Function<Random, Json> item) {
    return JsonArray.of(IntStream.range(0, r.nextInt(4) + 1).mapToObj(_ -> item.apply(r)).toList());
  }

  private static JsonObject metadata(Random r, String... annotations) {
    JsonObject result = JsonObject.of("name", text(r), "labels", JsonObject.of("l", text(r)));
    for (String annotation : annotations) {
      if (r.nextBoolean()) {
        result = result.withAt(Json.parse("\"" + r.nextInt(20) + "\""), "annotations", annotation);
      }
    }
    return r.nextBoolean() ? result.withAt(text(r), "annotations", "mine") : result;
  }

  private static JsonObject workload(Random r) {
    JsonObject labels = JsonObject.of("app", text(r));
    JsonObject template = JsonObject.of("metadata", JsonObject.of("labels", labels));
    JsonObject spec =
        JsonObject.of("selector", JsonObject.of("matchLabels", labels), "template", template);
    return JsonObject.of(
        "metadata", metadata(r), "spec", maybe(r, spec, "replicas", () -> number(r)));
  }

  private static JsonObject deployment(Random r) {
    JsonObject strategy =
        r.nextBoolean()
            ? JsonObject.of("type", "Recreate")
            : JsonObject.of(
                "type",
                "RollingUpdate",
                "rollingUpdate",
                JsonObject.of("maxSurge", number(r), "maxUnavailable", "25%"));
    JsonObject base = workload(r);
    return base.with("metadata", metadata(r, "deprecated.deployment.rollback.to"))
        .with(
            "spec",
            base.object("spec")
                .with("strategy", strategy)
                .with("revisionHistoryLimit", number(r))
                .with("progressDeadlineSeconds", number(r)));
  }

  private static JsonObject daemonSet(Random r) {
    JsonObject base = statefulSet(r);
    return base.with("metadata", metadata(r, "deprecated.daemonset.template.generation"));
  }

  private static JsonObject statefulSet(Random r) {
    JsonObject base = workload(r);
    JsonObject strategy = JsonObject.of("type", r.nextBoolean() ? "OnDelete" : "RollingUpdate");
    return base.with("spec", base.object("spec").with("updateStrategy", strategy));
  }

  private static JsonObject backend(Random r) {
    if (r.nextInt(4) == 0) {
      return JsonObject.of("resource", JsonObject.of("kind", text(r), "name", text(r)));
    }
    JsonObject port =
        r.nextBoolean() ? JsonObject.of("name", text(r)) : JsonObject.of("number", number(r));
    return JsonObject.of("service", JsonObject.of("name", text(r), "port", port));
  }

  private static JsonObject ingress(Random r) {
    JsonObject spec = maybe(r, JsonObject.EMPTY, "defaultBackend", () -> backend(r));
    spec = maybe(r, spec, "ingressClassName", () -> text(r));
    return JsonObject.of(
        "metadata",
        metadata(r),
        "spec",
        maybe(
            r,
            spec,
            "rules",
            () ->
                list(
                    r,
                    _ ->
                        maybe(
                            r,
                            JsonObject.of("host", text(r)),
                            "http",
                            () ->
                                JsonObject.of(
                                    "paths",
                                    list(
                                        r,
                                        _ ->
                                            JsonObject.of(
                                                "path", text(r),
                                                "pathType", "Prefix",
                                                "backend", backend(r))))))));
  }

  private static JsonObject disruptionBudget(Random r) {
    JsonObject selector =
        r.nextBoolean()
            ? JsonObject.EMPTY
            : JsonObject.of("matchLabels", JsonObject.of("app", text(r)));
    return JsonObject.of(
        "metadata",
        metadata(r),
        "spec",
        maybe(r, JsonObject.of("minAvailable", number(r)), "selector", () -> selector));
  }

  private static JsonObject metric(Random r, String measured) {
    boolean spec = measured.equals("target");
    JsonObject name = maybe(r, JsonObject.of("name", text(r)), "selector", () -> selector(r));
    JsonObject value = amount(r, spec, "Value", "value");
    JsonObject average = amount(r, spec, "AverageValue", "averageValue");
    JsonObject utilization = amount(r, spec, "Utilization", "averageUtilization");
    return switch (r.nextInt(6)) {
      case 0 -> source("Pods", JsonObject.of("metric", name, measured, average));
      case 1 ->
          source(
              "Object",
              JsonObject.of(
                  "metric",
                  name,
                  "describedObject",
                  JsonObject.of("kind", text(r), "name", text(r)),
                  measured,
                  r.nextBoolean() ? value : average));
      case 2 ->
          source(
              "External",
              JsonObject.of("metric", name, measured, r.nextBoolean() ? value : average));
      case 3 ->
          source(
              "ContainerResource",
              JsonObject.of("name", "cpu", "container", text(r), measured, utilization));
      default ->
          source(
              "Resource",
              JsonObject.of(
                  "name",
                  r.nextBoolean() ? "cpu" : "memory",
                  measured,
                  r.nextBoolean() ? utilization : average));
    };
  }

  private static JsonObject selector(Random r) {
    return JsonObject.of("matchLabels", JsonObject.of("verb", text(r)));
  }

  private static JsonObject source(String type, JsonObject source) {
    String field = Character.toLowerCase(type.charAt(0)) + type.substring(1);
    return JsonObject.of("type", type, field, source);
  }

  private static JsonObject amount(Random r, boolean spec, String type, String field) {
    JsonObject amount =
        field.equals("averageUtilization")
            ? JsonObject.of(field, number(r))
            : JsonObject.of(field, (1 + r.nextInt(900)) + "m");
    return spec ? amount.with("type", type) : amount;
  }

  private static JsonObject scaling(Random r) {
    JsonObject policy = JsonObject.of("type", "Pods", "value", number(r), "periodSeconds", 15);
    JsonObject rules = JsonObject.of("selectPolicy", "Max", "policies", JsonArray.of(policy));
    return maybe(r, rules, "tolerance", () -> Json.parse("\"50m\""));
  }

  private static JsonObject autoscaler(Random r) {
    JsonObject spec =
        maybe(
            r,
            JsonObject.of("maxReplicas", number(r)),
            "metrics",
            () -> list(r, _ -> metric(r, "target")));
    spec =
        maybe(
            r,
            spec,
            "behavior",
            () -> JsonObject.of("scaleUp", scaling(r), "scaleDown", scaling(r)));
    JsonObject status =
        maybe(
            r,
            JsonObject.of("currentReplicas", number(r)),
            "currentMetrics",
            () -> list(r, _ -> metric(r, "current")));
    status =
        maybe(
            r,
            status,
            "conditions",
            () -> JsonArray.of(JsonObject.of("type", "AbleToScale", "status", "True")));
    return JsonObject.of("metadata", metadata(r), "spec", spec, "status", status);
  }

  private static JsonObject event(Random r) {
    JsonObject event = JsonObject.of("metadata", metadata(r), "involvedObject", selector(r));
    for (String field :
        new String[] {
          "message", "reason", "source", "count", "firstTimestamp", "reportingComponent", "related"
        }) {
      event = maybe(r, event, field, () -> text(r));
    }
    return event;
  }

  private static JsonObject endpointSlice(Random r) {
    return JsonObject.of(
        "metadata",
        metadata(r),
        "endpoints",
        list(
            r,
            _ -> {
              JsonObject endpoint = JsonObject.of("addresses", JsonArray.of(text(r)));
              endpoint = maybe(r, endpoint, "nodeName", () -> text(r));
              endpoint = maybe(r, endpoint, "zone", () -> text(r));
              return maybe(r, endpoint, "deprecatedTopology", () -> JsonObject.of("rack", text(r)));
            }));
  }
}
