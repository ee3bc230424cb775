package io.tiphys.apiserver.kinds;

import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.schema.Defaults;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A table of cases for the kinds of one package, in YAML: one document per resource with a {@code
 * valid} object and cases that change it ({@code set} maps paths to values, null removes). A case
 * of {@code create} or {@code update} names the {@code errors} and {@code warnings} that the change
 * leads to, none if it names none; {@code becomes} maps paths to what they hold afterwards.
 */
final class KindTable {
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]|\\[\"([^\"]+)\"]");

  /** One row. */
  record Case(String resource, String name, JsonObject valid, boolean update, JsonObject row) {

    /** The object after the change. */
    JsonObject changed() {
      return apply(valid, row.object("set"));
    }

    /** What is stored before an update. */
    JsonObject current() {
      return apply(valid, row.object("current"));
    }

    List<String> errors() {
      return row.array("errors").strings().toList();
    }
  }

  /** What a request led to. */
  record Outcome(JsonObject object, List<String> errors, List<String> warnings) {}

  private KindTable() {}

  static List<Case> read(String file) {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = KindTable.class.getResourceAsStream("/kinds/" + file)) {
      Load load = new Load(LoadSettings.builder().build());
      for (Object document : load.loadAllFromInputStream(Objects.requireNonNull(in, file))) {
        JsonObject table = (JsonObject) json(document);
        String resource = table.string("resource");
        JsonObject valid = table.object("valid");
        cases.add(new Case(resource, "valid", valid, resource.contains("/"), table.object("then")));
        for (String verb : List.of("create", "update")) {
          table
              .array(verb)
              .objects()
              .forEach(row ->
                  cases.add(
                      new Case(
                          resource,
                          verb + " " + row.object("set") + row.object("current"),
                          valid,
                          verb.equals("update"),
                          row)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  /**
   * What the API server does with an object, as far as strategies and, where the object names its
   * kind, the schema say.
   */
  static Outcome run(Strategy strategy, Case row) {
    FieldErrors errors = new FieldErrors();
    JsonObject object;
    if (row.update) {
      JsonObject current = defaulted(strategy, row.current());
      object = strategy.prepareForUpdate(defaulted(strategy, row.changed()), current);
      strategy.validate(object, errors);
      strategy.validateUpdate(object, current, errors);
      required(object, errors);
      return new Outcome(object, texts(errors), strategy.warnings(object, current));
    }
    object = strategy.prepareForCreate(defaulted(strategy, row.changed()));
    String name = object.object("metadata").string("name");
    strategy
        .nameErrors(name, false)
        .forEach(
            fault -> errors.invalid(FieldPath.of("metadata", "name"), JsonString.of(name), fault));
    strategy.validate(object, errors);
    required(object, errors);
    return new Outcome(object, texts(errors), strategy.warnings(object, null));
  }

  private static Optional<StructType> type(JsonObject object) {
    return Schema.kubernetes()
        .kind(GroupVersion.parse(object.string("apiVersion")).kind(object.string("kind")));
  }

  private static JsonObject defaulted(Strategy strategy, JsonObject object) {
    return strategy.defaults(type(object).map(type -> Defaults.apply(type, object)).orElse(object));
  }

  private static void required(JsonObject object, FieldErrors errors) {
    type(object).ifPresent(type -> SchemaRules.validate(type, object, errors));
  }

  private static List<String> texts(FieldErrors errors) {
    return errors.list().stream().map(FieldError::message).toList();
  }

  static JsonObject apply(JsonObject object, JsonObject changes) {
    JsonObject[] result = {object};
    changes.forEach((path, value) -> result[0] = (JsonObject) set(result[0], steps(path), value));
    return result[0];
  }

  /** The value at a path such as {@code spec.rules[0].host}; null if there is none. */
  static Json at(Json value, String path) {
    Json result = value;
    for (Object step : steps(path)) {
      result =
          switch (result) {
            case JsonObject o when step instanceof String key -> o.get(key);
            case JsonArray a when step instanceof Integer i && i < a.size() -> a.get(i);
            case null, default -> null;
          };
    }
    return result;
  }

  private static List<Object> steps(String path) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      steps.add(
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? Integer.valueOf(matcher.group(2)) : matcher.group(3));
    }
    return steps;
  }

  private static Json set(Json target, List<Object> steps, Json value) {
    Object step = steps.getFirst();
    List<Object> rest = steps.subList(1, steps.size());
    if (step instanceof Integer index) {
      JsonArray array = target instanceof JsonArray a ? a : JsonArray.EMPTY;
      Json item = index < array.size() ? array.get(index) : JsonObject.EMPTY;
      Json changed = rest.isEmpty() ? value : set(item, rest, value);
      return index < array.size() ? array.with(index, changed) : array.append(changed);
    }
    String key = (String) step;
    JsonObject object = target instanceof JsonObject o ? o : JsonObject.EMPTY;
    if (rest.isEmpty()) {
      return value == JsonNull.NULL ? object.without(key) : object.with(key, value);
    }
    Json child = object.get(key);
    return object.with(key, set(child == null ? JsonNull.NULL : child, rest, value));
  }

  private static Json json(Object yaml) {
    return switch (yaml) {
      case null -> JsonNull.NULL;
      case Map<?, ?> map -> {
        JsonObject.Builder builder = new JsonObject.Builder();
        map.forEach((k, v) -> builder.put(String.valueOf(k), json(v)));
        yield builder.build();
      }
      case List<?> list -> JsonArray.of(list.stream().map(KindTable::json).toList());
      case Boolean b -> JsonBool.of(b);
      case Number n -> n instanceof Double d ? JsonNumber.of(d) : JsonNumber.of(n.longValue());
      default -> JsonString.of(yaml.toString());
    };
  }
}
