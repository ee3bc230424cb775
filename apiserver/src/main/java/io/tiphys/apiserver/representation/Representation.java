package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.request.Query;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonWriter;
import java.util.List;

/** Objects as clients want them: version, view and format. */
public final class Representation {
  private final Tables tables;
  private final Codecs codecs;

  public Representation(Tables tables, Codecs codecs) {
    this.tables = tables;
    this.codecs = codecs;
  }

  /** Whether the stored encoding of this type's objects is just what the client wants. */
  public boolean isShared(ResourceType served, Output output) {
    return served.storage() == null && output.isPlain();
  }

  /** An object in the version that is served. */
  public JsonObject served(ResourceType type, JsonObject stored) {
    return type.fromStorage(stored);
  }

  /** One object, encoded. */
  public byte[] object(
      ResourceType type, JsonObject stored, Output output, RequestContext context) {
    JsonObject tree =
        switch (output.view()) {
          case OBJECT -> served(type, stored);
          case METADATA -> PartialMetadata.of(served(type, stored), output.metaVersion());
          case TABLE ->
              tables.ofObject(type, stored, this, output.metaVersion(), includeObject(context));
        };
    return encode(tree, output);
  }

  /** A list, encoded. */
  public byte[] list(
      ResourceType type,
      JsonObject metadata,
      List<JsonObject> stored,
      Output output,
      RequestContext context) {
    String version = output.metaVersion();
    JsonObject tree =
        switch (output.view()) {
          case OBJECT ->
              list(
                  type.kind().apiVersion(),
                  type.kind().kind() + "List",
                  metadata,
                  stored.stream().map(o -> served(type, o)).toList());
          case METADATA ->
              list(
                  "meta.k8s.io/" + version,
                  "PartialObjectMetadataList",
                  metadata,
                  stored.stream().map(o -> PartialMetadata.of(served(type, o), version)).toList());
          case TABLE -> {
            String include = includeObject(context);
            yield Tables.table(
                version,
                tables.definitions(type),
                metadata,
                stored.stream().map(o -> tables.row(type, o, this, version, include)).toList());
          }
        };
    return encode(tree, output);
  }

  private static JsonObject list(
      String apiVersion, String kind, JsonObject metadata, List<JsonObject> items) {
    return JsonObject.of(
        "apiVersion", apiVersion, "kind", kind, "metadata", metadata, "items", JsonArray.of(items));
  }

  /** The query parameter {@code includeObject} of tables. */
  static String includeObject(RequestContext context) {
    String value = Query.first(context.parameters(), "includeObject");
    return value.isEmpty() ? "Metadata" : value;
  }

  /** An encoder for one watch. */
  public EventEncoder events(ResourceType type, Output output, RequestContext context) {
    return isShared(type, output)
        ? new SharedEvents(type)
        : new ConvertedEvents(this, type, output, context);
  }

  /** A watch's event around an object as the client wants it. */
  byte[] event(String change, JsonObject shown, Output output) {
    return switch (output.format()) {
      case JSON -> codecs.json().frame(change, shown);
      case YAML -> codecs.yaml().frame(change, shown);
      case PROTOBUF -> codecs.protobuf().frame(change, shown);
    };
  }

  Tables tables() {
    return tables;
  }

  /** Any tree, encoded. */
  public byte[] encode(JsonObject tree, Output output) {
    return switch (output.format()) {
      case JSON -> output.pretty() ? PrettyJson.write(tree) : JsonWriter.write(tree);
      case YAML -> codecs.yaml().encode(tree);
      case PROTOBUF -> codecs.protobuf().encode(tree);
    };
  }

  /**
   * A request's body as a tree.
   *
   * @throws io.tiphys.model.json.JsonException if it is not in that format
   */
  public Codecs.Decoded decode(byte[] body, Format format) {
    return switch (format) {
      case JSON -> codecs.json().decode(body);
      case YAML -> codecs.yaml().decode(body);
      case PROTOBUF -> codecs.protobuf().decode(body);
    };
  }
}
