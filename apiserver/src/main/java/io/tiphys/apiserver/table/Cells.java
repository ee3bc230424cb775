package io.tiphys.apiserver.table;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What many kinds' cells are made of. */
final class Cells {
  static final String NONE = "<none>";
  static final String UNSET = "<unset>";

  private Cells() {}

  /** The text of a scalar; {@code absent} where there is none. */
  static String text(@Nullable Json value, String absent) {
    return switch (value) {
      case null -> absent;
      case JsonNull _ -> absent;
      case JsonString s -> s.value().isEmpty() ? absent : s.value();
      default -> value.toString();
    };
  }

  static Function<JsonObject, String> pathOr(String absent, String... path) {
    return o -> text(o.at(path), absent);
  }

  static Function<JsonObject, String> path(String... path) {
    return pathOr("", path);
  }

  /** A boolean that is false when absent. */
  static Function<JsonObject, String> flag(String... path) {
    return o -> String.valueOf(o.at(path) == JsonBool.TRUE);
  }

  static String join(Stream<String> items, String absent) {
    String all = items.collect(Collectors.joining(","));
    return all.isEmpty() ? absent : all;
  }

  /** {@code a=b,c=d}. */
  static String labels(JsonObject labels) {
    return join(
        labels.strings().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()), NONE);
  }

  /** A metav1.LabelSelector in the syntax of {@code kubectl -l}. */
  static String selector(@Nullable Json selector) {
    if (!(selector instanceof JsonObject s)) {
      return NONE;
    }
    List<String> parts = new ArrayList<>();
    s.object("matchLabels").strings().forEach((k, v) -> parts.add(k + "=" + v));
    s.array("matchExpressions").objects().map(Cells::requirement).forEach(parts::add);
    return join(parts.stream(), NONE);
  }

  private static String requirement(JsonObject expression) {
    String key = expression.string("key");
    String values =
        expression.array("values").strings().sorted().collect(Collectors.joining(",", "(", ")"));
    return switch (expression.string("operator")) {
      case "In" -> key + " in " + values;
      case "NotIn" -> key + " notin " + values;
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  static final Column CONTAINERS = Column.text("Containers", o -> containers(o, "name")).wide();
  static final Column IMAGES = Column.text("Images", o -> containers(o, "image")).wide();
  static final Column SELECTOR =
      Column.text("Selector", o -> selector(o.at("spec", "selector"))).wide();

  /** Names or images of the containers of a pod template. */
  private static String containers(JsonObject workload, String field) {
    return join(
        template(workload).object("spec").array("containers").objects().map(c -> c.string(field)),
        "");
  }

  private static JsonObject template(JsonObject workload) {
    JsonObject spec = workload.object("spec");
    if (spec.has("jobTemplate")) {
      return spec.object("jobTemplate").object("spec").object("template");
    }
    return workload.has("template") ? workload.object("template") : spec.object("template");
  }

  private static final Map<String, String> ACCESS_MODES =
      Map.of(
          "ReadWriteOnce", "RWO",
          "ReadOnlyMany", "ROX",
          "ReadWriteMany", "RWX",
          "ReadWriteOncePod", "RWOP");

  /** In upstream's order, without repetition. */
  static String accessModes(JsonArray modes) {
    List<String> all = modes.strings().toList();
    return Stream.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")
        .filter(all::contains)
        .map(ACCESS_MODES::get)
        .collect(Collectors.joining(","));
  }

  /** The first few of a list, and how many more there are. */
  static String firstOf(List<String> items, int max) {
    if (items.isEmpty()) {
      return NONE;
    }
    String first = String.join(",", items.subList(0, Math.min(max, items.size())));
    return items.size() <= max ? first : first + " + " + (items.size() - max) + " more...";
  }
}
