package io.tiphys.apiserver.table;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.time.Instant;
import java.util.function.Function;

/**
 * A column of a {@code Table}.
 *
 * @param type of OpenAPI: string, integer, boolean, date
 * @param format {@code name} for the object's name; else ""
 * @param priority 0: always shown; 1: with {@code -o wide}
 */
public record Column(String name, String type, String format, int priority, Cell cell) {

  /** Computes one cell. */
  @FunctionalInterface
  public interface Cell {
    Json of(JsonObject object, Instant now);
  }

  static final Column NAME =
      new Column(
          "Name",
          "string",
          "name",
          0,
          (o, _) -> JsonString.of(o.object("metadata").string("name")));

  static final Column AGE =
      new Column(
          "Age",
          "string",
          "",
          0,
          (o, now) ->
              JsonString.of(Ages.since(o.object("metadata").string("creationTimestamp"), now)));

  static final Column CREATED_AT =
      new Column(
          "Created At",
          "date",
          "",
          0,
          (o, _) -> JsonString.of(o.object("metadata").string("creationTimestamp")));

  static Column text(String name, Function<JsonObject, String> cell) {
    return new Column(name, "string", "", 0, (o, _) -> JsonString.of(cell.apply(o)));
  }

  static Column integer(String name, String... path) {
    return new Column(
        name,
        "integer",
        "",
        0,
        (o, _) -> o.at(path) instanceof JsonNumber n ? n : JsonNumber.of(0));
  }

  /** The same column, shown with {@code -o wide} only. */
  Column wide() {
    return new Column(name, type, format, 1, cell);
  }

  /** The same column, shown always. */
  Column always() {
    return new Column(name, type, format, 0, cell);
  }

  /** The entry of {@code columnDefinitions}. */
  public JsonObject definition() {
    return JsonObject.of(
        "name", name, "type", type, "format", format, "description", "", "priority", priority);
  }
}
