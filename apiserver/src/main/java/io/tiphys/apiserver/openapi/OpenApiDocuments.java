package io.tiphys.apiserver.openapi;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Schema;
import java.util.Collection;

/** Builds the documents. Each is large (v2: several MB) and is built when first asked for. */
final class OpenApiDocuments {
  private static final JsonObject INFO = JsonObject.of("title", "Kubernetes", "version", "v1.36.0");
  private static final JsonObject BEARER =
      JsonObject.of(
          "description", "Bearer Token authentication",
          "in", "header",
          "name", "authorization",
          "type", "apiKey");
  private static final JsonArray SECURITY =
      JsonArray.of(JsonObject.of("BearerToken", JsonArray.EMPTY));

  private OpenApiDocuments() {}

  /** {@code /openapi/v2}: everything in one document. */
  static JsonObject v2(Schema schema, Collection<ResourceType> types) {
    Definitions definitions = new Definitions(schema, Dialect.V2);
    Paths paths = new Paths(schema, Dialect.V2, definitions);
    types.forEach(paths::add);
    return JsonObject.of(
        "swagger",
        "2.0",
        "info",
        INFO,
        "paths",
        paths.all(),
        "definitions",
        definitions.all(),
        "securityDefinitions",
        JsonObject.of("BearerToken", BEARER),
        "security",
        SECURITY);
  }

  /** {@code /openapi/v3/apis/GROUP/VERSION}: one group version and the types it needs. */
  static JsonObject v3(Schema schema, Collection<ResourceType> types) {
    Definitions definitions = new Definitions(schema, Dialect.V3);
    Paths paths = new Paths(schema, Dialect.V3, definitions);
    types.forEach(paths::add);
    JsonObject all = definitions.all();
    return JsonObject.of(
        "openapi",
        "3.0.0",
        "info",
        INFO,
        "paths",
        paths.all(),
        "components",
        JsonObject.of("schemas", all, "securitySchemes", JsonObject.of("BearerToken", BEARER)),
        "security",
        SECURITY);
  }
}
