package io.tiphys.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.apply.ApplyTarget;
import io.tiphys.model.apply.FieldManager;
import io.tiphys.model.apply.FieldSet;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.patch.JsonPatch;
import io.tiphys.model.patch.MergePatch;
import io.tiphys.model.patch.PatchException;
import io.tiphys.model.patch.StrategicMergePatch;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.quantity.ValueFormatException;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.selector.FieldSelector;
import io.tiphys.model.selector.LabelSelector;
import io.tiphys.model.selector.SelectorException;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.Cidr;
import io.tiphys.model.validation.IpAddress;
import io.tiphys.model.validation.Names;
import io.tiphys.model.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mutated inputs: whatever comes, it is read or refused with the exception that is documented. */
@Timeout(60)
class FuzzTest {
  private static final int ROUNDS = 2_000;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final StructType POD =
      Schema.kubernetes().kind(new GroupVersionKind("", "v1", "Pod")).orElseThrow();

  private static final JsonObject SEED =
      (JsonObject)
          YamlReader.parse(
              """
              apiVersion: v1
              kind: Pod
              metadata:
                name: x
                labels: {a: b, $patch: replace}
                finalizers: [a, b]
                $deleteFromPrimitiveList/finalizers: [a]
                managedFields:
                - {manager: m, operation: Update, apiVersion: v1, fieldsType: FieldsV1,
                   time: "2026-01-01T00:00:00Z", fieldsV1: {"f:spec": {"f:containers":
                   {'k:{"name":"a"}': {".": {}, "f:image": {}}}, "f:nodeName": {}}}}
              spec:
                nodeName: n1
                $setElementOrder/containers: [{name: b}, {name: a}]
                $retainKeys: [containers, nodeName, tolerations, volumes]
                containers:
                - name: a
                  image: nginx
                  ports: [{containerPort: 80, protocol: TCP}, {containerPort: 80, protocol: UDP}]
                  env: [{name: X, value: "1"}, {name: Y, $patch: delete}]
                  resources: {limits: {cpu: 100m, memory: 1Gi}}
                - {name: b, $patch: delete}
                tolerations: [{key: a, operator: Exists}]
                volumes: [{name: v, emptyDir: {}}, {$patch: replace}]
              """);

  private final Random random = new Random(20_260_101);

  /** Runs code that may only end well or with one of these exceptions. */
  private static void survives(Runnable code, Object input, Set<Class<?>> documented) {
    try {
      code.run();
    } catch (RuntimeException e) {
      if (!documented.contains(e.getClass())) {
        throw new AssertionError("on " + input, e);
      }
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private byte[] mutated(byte[] bytes) {
    byte[] copy = bytes.clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      copy[random.nextInt(copy.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) "{}[]:,\"'\\-&*!|>#%0\n\t ".charAt(random.nextInt(21));
    }
    return copy;
  }

  @Test
  void decoders() {
    byte[] json = SEED.toBytes();
    byte[] yaml = io.tiphys.model.yaml.YamlWriter.write(SEED).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] badJson = mutated(json);
      byte[] badYaml = mutated(yaml);
      survives(
          () -> Json.parse(badJson),
          new String(badJson, StandardCharsets.ISO_8859_1),
          Set.of(JsonException.class));
      survives(
          () -> YamlReader.readAll(badYaml),
          new String(badYaml, StandardCharsets.ISO_8859_1),
          Set.of(JsonException.class));
    }
  }

  @Test
  void texts() {
    List<String> seeds =
        List.of(
            "a in (b,c),!d,e!=f,g>1",
            "a.b=c\\,d,e!=f",
            "100m",
            "1.5Gi",
            "2026-01-31T09:05:07.1Z",
            "1h2m3.5s",
            "10.0.0.0/8",
            "2001:db8::1",
            "example.com/a_b.c");
    for (int i = 0; i < ROUNDS; i++) {
      String seed = seeds.get(random.nextInt(seeds.size()));
      String text =
          new String(mutated(seed.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
      survives(() -> LabelSelector.parse(text), text, Set.of(SelectorException.class));
      survives(() -> FieldSelector.parse(text), text, Set.of(SelectorException.class));
      survives(() -> Quantity.parse(text), text, Set.of(ValueFormatException.class));
      survives(() -> Timestamps.parse(text), text, Set.of(ValueFormatException.class));
      survives(() -> GoDuration.parse(text), text, Set.of(ValueFormatException.class));
      survives(() -> IpAddress.parse(text), text, Set.of());
      survives(() -> Cidr.parse(text), text, Set.of());
      survives(() -> Names.qualifiedName(text), text, Set.of());
      survives(() -> Names.dnsLabel(text), text, Set.of());
    }
  }

  /** A tree with some values replaced by others of any type. */
  private Json mutated(Json tree) {
    if (random.nextInt(25) == 0) {
      return switch (random.nextInt(8)) {
        case 0 -> JsonNull.NULL;
        case 1 -> JsonNumber.of(random.nextInt(3));
        case 2 -> JsonString.of(List.of("a", "b", "delete", "replace", "").get(random.nextInt(5)));
        case 3 -> JsonArray.EMPTY;
        case 4 -> JsonObject.EMPTY;
        case 5 -> JsonArray.of(tree, tree);
        case 6 -> JsonArray.of(JsonNull.NULL, JsonNumber.of(1));
        default -> JsonObject.of("name", tree, "$patch", "delete");
      };
    }
    return switch (tree) {
      case JsonObject o -> {
        JsonObject.Builder copy = new JsonObject.Builder();
        o.forEach((k, v) -> copy.put(random.nextInt(40) == 0 ? "x" : k, mutated(v)));
        yield copy.build();
      }
      case JsonArray a -> JsonArray.of(a.stream().map(this::mutated).toList());
      default -> tree;
    };
  }

  private JsonObject object() {
    return mutated(SEED) instanceof JsonObject o ? o : SEED;
  }

  @Test
  void patches() {
    Set<Class<?>> documented = Set.of(PatchException.class);
    for (int i = 0; i < ROUNDS; i++) {
      JsonObject target = object();
      Json patch = mutated(SEED);
      survives(() -> StrategicMergePatch.apply(target, patch, POD), patch, documented);
      survives(() -> MergePatch.apply(target, patch), patch, documented);
      List<Json> operations = new ArrayList<>();
      for (String op : new String[] {"add", "move", "copy", "test", "replace", "remove"}) {
        operations.add(
            JsonObject.of("op", op, "path", "/spec/containers/0", "from", "/spec", "value", 1));
      }
      Json list = mutated(JsonArray.of(operations.subList(0, random.nextInt(7))));
      survives(() -> JsonPatch.apply(target, list), list, documented);
    }
  }

  @Test
  void fieldManagement() {
    for (int i = 0; i < ROUNDS; i++) {
      ApplyTarget target = ApplyTarget.of("v1", random.nextInt(4) == 0 ? null : POD);
      JsonObject first = object();
      JsonObject next = object();
      JsonObject config = object().withoutAt("metadata", "managedFields").with("apiVersion", "v1");
      JsonObject live =
          FieldManager.update(target, JsonObject.EMPTY, first, "a", NOW)
              .withAt(JsonString.of("u"), "metadata", "uid");
      JsonObject updated = FieldManager.update(target, live, next, "b", NOW);
      survives(
          () -> {
            JsonObject applied = FieldManager.apply(target, updated, config, "c", true, NOW);
            FieldManager.apply(target, applied, config.without("spec"), "c", false, NOW);
          },
          config + " on " + updated,
          Set.of(ApiException.class));
      survives(
          () -> FieldSet.parse(mutated((Json) first.object("spec"))),
          first,
          Set.of(JsonException.class));
    }
  }
}
