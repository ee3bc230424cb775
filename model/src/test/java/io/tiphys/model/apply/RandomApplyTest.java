package io.tiphys.model.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random updates and applies by several managers, each step compared with a simple model. */
class RandomApplyTest {
  private static final int STEPS = 1_500;
  private static final ApplyTarget SERVICE =
      ApplyTarget.of(
          "v1", Schema.kubernetes().kind(new GroupVersionKind("", "v1", "Service")).orElseThrow());
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final OwnershipModel model = new OwnershipModel();
  private JsonObject live = JsonObject.EMPTY;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyStepGoesAsInTheModel(long seed) {
    Random random = new Random(seed);
    JsonObject kept = JsonObject.of("annotations", JsonObject.of("kept", "by its creator"));
    live = update(JsonObject.EMPTY, service(Map.of("metadata", kept)), "creator");
    for (int i = 0; i < STEPS; i++) {
      String manager = "m" + random.nextInt(4);
      String step = "seed " + seed + " step " + i + ": ";
      if (random.nextInt(5) < 3) {
        apply(step, manager, config(random), random.nextInt(4) == 0);
      } else {
        update(manager, changed(random, live));
      }
      assertThat(paths(live)).as(() -> step + live).isEqualTo(model.values);
      assertThat(owners(live)).as(() -> step + live).isEqualTo(model.owners);
    }
  }

  private void apply(String step, String manager, JsonObject config, boolean force) {
    Set<String> expected = model.apply(manager + " Apply", paths(config), force);
    Set<String> conflicts = new TreeSet<>();
    try {
      live = created(FieldManager.apply(SERVICE, live, config, manager, force, NOW));
    } catch (ApiException e) {
      e.status()
          .object("details")
          .array("causes")
          .objects()
          .forEach(c -> conflicts.add(c.string("message") + " " + c.string("field")));
    }
    assertThat(conflicts).as(step + config).hasSameSizeAs(expected);
    for (String conflict : expected) {
      String name = conflict.substring(0, conflict.indexOf(' '));
      assertThat(conflicts).as(step).anyMatch(c -> c.startsWith("conflict with \"" + name + "\""));
    }
  }

  private void update(String manager, JsonObject next) {
    model.update(manager + " Update", paths(next));
    live = update(live, next, manager);
  }

  private static JsonObject update(JsonObject live, JsonObject next, String manager) {
    return created(FieldManager.update(SERVICE, live, next, manager, NOW));
  }

  private static JsonObject created(JsonObject object) {
    return object.withAt(JsonString.of("u1"), "metadata", "uid");
  }

  private static JsonObject service(Map<String, JsonObject> parts) {
    JsonObject service = JsonObject.of("apiVersion", "v1", "kind", "Service");
    for (Map.Entry<String, JsonObject> part : parts.entrySet()) {
      if (!part.getValue().isEmpty()) {
        service = service.with(part.getKey(), part.getValue());
      }
    }
    return service;
  }

  private static JsonObject config(Random random) {
    JsonObject metadata = JsonObject.EMPTY;
    JsonObject labels = JsonObject.EMPTY;
    for (int n = random.nextInt(3); n > 0; n--) {
      labels = labels.with("l" + random.nextInt(4), "v" + random.nextInt(2));
    }
    if (!labels.isEmpty()) {
      metadata = metadata.with("labels", labels);
    }
    Set<String> finalizers = new TreeSet<>();
    for (int n = random.nextInt(3); n > 0; n--) {
      finalizers.add("f" + random.nextInt(4));
    }
    if (!finalizers.isEmpty()) {
      metadata = metadata.with("finalizers", JsonArray.ofStrings(finalizers));
    }
    JsonObject spec = JsonObject.EMPTY;
    if (random.nextInt(4) == 0) {
      spec = spec.with("type", "t" + random.nextInt(2));
    }
    if (random.nextInt(4) == 0) {
      spec = spec.with("externalIPs", JsonArray.ofStrings(List.of("ip" + random.nextInt(2))));
    }
    Map<String, Json> ports = new TreeMap<>();
    for (int n = random.nextInt(3); n > 0; n--) {
      JsonObject port = port(random);
      ports.put(port.get("port") + port.string("protocol"), port);
    }
    if (!ports.isEmpty()) {
      spec = spec.with("ports", JsonArray.of(ports.values()));
    }
    return service(Map.of("metadata", metadata, "spec", spec));
  }

  private static JsonObject port(Random random) {
    JsonObject port =
        JsonObject.of(
            "port", 80 + random.nextInt(2), "protocol", random.nextBoolean() ? "TCP" : "UDP");
    if (random.nextBoolean()) {
      port = port.with("name", "n" + random.nextInt(2));
    }
    return random.nextBoolean() ? port.with("targetPort", random.nextInt(2)) : port;
  }

  /** The live object with a random configuration laid over or in place of parts of it. */
  private static JsonObject changed(Random random, JsonObject live) {
    JsonObject other = config(random);
    JsonObject next = live;
    for (String part : List.of("labels", "finalizers")) {
      if (random.nextInt(3) == 0) {
        next = replaced(next, other, "metadata", part);
      }
    }
    for (String part : List.of("type", "externalIPs", "ports")) {
      if (random.nextInt(3) == 0) {
        next = replaced(next, other, "spec", part);
      }
    }
    return next;
  }

  private static JsonObject replaced(JsonObject into, JsonObject from, String part, String field) {
    Json value = from.object(part).get(field);
    return value == null ? into.withoutAt(part, field) : into.withAt(value, part, field);
  }

  /** What an object holds, by the paths of the model. */
  private static Map<String, String> paths(JsonObject service) {
    Map<String, String> paths = new TreeMap<>();
    JsonObject metadata = service.object("metadata");
    metadata
        .object("labels")
        .strings()
        .forEach((k, v) -> paths.put("f:metadata/f:labels/f:" + k, v));
    metadata
        .array("finalizers")
        .strings()
        .forEach(f -> paths.put("f:metadata/f:finalizers/v:\"" + f + "\"", ""));
    JsonObject spec = service.object("spec");
    spec.optionalString("type").ifPresent(t -> paths.put("f:spec/f:type", t));
    if (spec.has("externalIPs")) {
      paths.put("f:spec/f:externalIPs", spec.array("externalIPs").toString());
    }
    spec.array("ports")
        .objects()
        .forEach(port -> {
          String item =
              "f:spec/f:ports/k:{\"port\":%s,\"protocol\":\"%s\"}"
                  .formatted(port.get("port"), port.string("protocol"));
          paths.put(item, "");
          port.forEach((k, v) -> paths.put(item + "/f:" + k, v.toString()));
        });
    return paths;
  }

  private static Map<String, Set<String>> owners(JsonObject service) {
    Map<String, Set<String>> owners = new TreeMap<>();
    service
        .object("metadata")
        .array("managedFields")
        .objects()
        .forEach(entry -> {
          Set<String> paths = new TreeSet<>();
          collect(entry.object("fieldsV1"), "", paths);
          if (!entry.string("manager").equals("creator") && !paths.isEmpty()) {
            owners.put(entry.string("manager") + " " + entry.string("operation"), paths);
          }
        });
    return owners;
  }

  /** The owned paths, but for those of the objects and lists that hold the model's paths. */
  private static void collect(JsonObject node, String path, Set<String> paths) {
    List<String> steps = new ArrayList<>(node.keys());
    boolean container = path.matches("|f:spec|f:metadata|f:[a-z]+/f:(labels|finalizers|ports)");
    if (!container && (node.isEmpty() || node.has("."))) {
      paths.add(path);
    }
    steps.remove(".");
    for (String step : steps) {
      collect(node.object(step), path.isEmpty() ? step : path + "/" + step, paths);
    }
  }
}
