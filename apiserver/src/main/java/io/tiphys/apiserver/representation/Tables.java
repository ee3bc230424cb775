package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.table.Column;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The {@code Table} form of objects and lists ({@code meta.k8s.io}): what kubectl prints. */
public final class Tables {
  private final Function<GroupResource, List<Column>> columns;
  private final InstantSource clock;

  /**
   * @param columns of each resource, given its stored version's name
   */
  public Tables(Function<GroupResource, List<Column>> columns, InstantSource clock) {
    this.columns = columns;
    this.clock = clock;
  }

  private List<Column> columns(ResourceType type) {
    return columns.apply(type.stored().resource().groupResource());
  }

  JsonObject ofObject(
      ResourceType type,
      JsonObject object,
      Representation representation,
      String version,
      String include) {
    JsonObject metadata = object.object("metadata");
    JsonObject listMeta =
        metadata.has("resourceVersion")
            ? JsonObject.of("resourceVersion", metadata.string("resourceVersion"))
            : JsonObject.EMPTY;
    return table(
        version,
        definitions(type),
        listMeta,
        List.of(row(type, object, representation, version, include)));
  }

  /** A table of these rows. */
  static JsonObject table(
      String version, JsonArray definitions, JsonObject listMeta, List<JsonObject> rows) {
    return JsonObject.of(
        "apiVersion",
        "meta.k8s.io/" + version,
        "kind",
        "Table",
        "metadata",
        listMeta,
        "columnDefinitions",
        definitions,
        "rows",
        JsonArray.of(rows));
  }

  JsonArray definitions(ResourceType type) {
    return JsonArray.of(columns(type).stream().map(Column::definition).toList());
  }

  /**
   * @param include {@code None}, {@code Metadata} or {@code Object}
   */
  JsonObject row(
      ResourceType type,
      JsonObject object,
      Representation representation,
      String version,
      String include) {
    Instant now = clock.instant();
    JsonArray cells =
        JsonArray.of(columns(type).stream().map(c -> c.cell().of(object, now)).toList());
    JsonObject row = JsonObject.of("cells", cells);
    Supplier<JsonObject> served = () -> representation.served(type, object);
    return switch (include) {
      case "None" -> row;
      case "Metadata" -> row.with("object", PartialMetadata.of(served.get(), version));
      case "Object" -> row.with("object", served.get());
      default ->
          throw ApiException.badRequest(
              "unrecognized includeObject value: " + JsonString.of(include));
    };
  }
}
