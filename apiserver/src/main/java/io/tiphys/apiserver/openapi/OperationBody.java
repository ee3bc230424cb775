package io.tiphys.apiserver.openapi;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.StructType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to an operation what it takes and what it answers. */
record OperationBody(Dialect dialect, Definitions definitions) {
  private static final List<String> OBJECTS =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
  private static final List<String> STREAMS =
      List.of("application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch");
  private static final List<String> PATCHES =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml");

  /**
   * @param answer null where a string is answered (logs, proxied content)
   * @param body null where none is taken
   */
  JsonObject complete(
      JsonObject operation, String verb, @Nullable StructType answer, @Nullable StructType body) {
    JsonArray query = Parameters.query(verb, dialect);
    List<String> produced = verb.equals("list") ? concat(OBJECTS, STREAMS) : OBJECTS;
    List<String> consumed = verb.equals("patch") ? PATCHES : List.of("*/*");
    return switch (dialect) {
      case V2 -> {
        JsonArray parameters = body == null ? query : query.append(bodyParameter(body, verb));
        yield operation
            .with("parameters", parameters)
            .with("produces", JsonArray.ofStrings(produced))
            .with("consumes", JsonArray.ofStrings(consumed))
            .with("schemes", Definitions.strings("https"))
            .with("responses", responses(verb, JsonObject.of("schema", schema(answer))));
      }
      case V3 -> {
        JsonObject complete =
            operation
                .with("parameters", query)
                .with(
                    "responses",
                    responses(verb, JsonObject.of("content", content(produced, schema(answer)))));
        yield body == null
            ? complete
            : complete.with(
                "requestBody",
                JsonObject.of("content", content(consumed, definitions.reference(body)))
                    .with("required", !verb.startsWith("delete")));
      }
    };
  }

  private JsonObject bodyParameter(StructType body, String verb) {
    return JsonObject.of(
        "name",
        "body",
        "in",
        "body",
        "required",
        !verb.startsWith("delete"),
        "schema",
        definitions.reference(body));
  }

  private JsonObject schema(@Nullable StructType type) {
    return type == null ? JsonObject.of("type", "string") : definitions.reference(type);
  }

  private static JsonObject content(List<String> types, JsonObject schema) {
    JsonObject.Builder content = new JsonObject.Builder();
    types.forEach(t -> content.put(t, JsonObject.of("schema", schema)));
    return content.build();
  }

  private static JsonObject responses(String verb, JsonObject body) {
    JsonObject ok = body.with("description", "OK");
    JsonObject responses =
        JsonObject.of("200", ok, "401", JsonObject.of("description", "Unauthorized"));
    return switch (verb) {
      case "create" ->
          responses
              .with("201", body.with("description", "Created"))
              .with("202", body.with("description", "Accepted"));
      case "update", "patch" -> responses.with("201", body.with("description", "Created"));
      case "delete" -> responses.with("202", body.with("description", "Accepted"));
      default -> responses;
    };
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }
}
