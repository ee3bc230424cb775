package io.tiphys.apiserver.openapi;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;

/** Where OpenAPI v2 and v3 say the same thing in different words. */
enum Dialect {
  V2("#/definitions/") {
    @Override
    JsonObject refWith(JsonObject ref, JsonObject besides) {
      JsonObject.Builder all = new JsonObject.Builder();
      ref.forEach(all::put);
      besides.forEach(all::put);
      return all.build();
    }

    @Override
    JsonObject quantity() {
      return JsonObject.of("type", "string");
    }

    @Override
    JsonObject intOrString() {
      return JsonObject.of("type", "string", "format", "int-or-string");
    }

    @Override
    JsonObject parameter(JsonObject head, JsonObject schema) {
      return refWith(head, schema);
    }
  },

  V3("#/components/schemas/") {
    @Override
    JsonObject refWith(JsonObject ref, JsonObject besides) {
      return besides.isEmpty() ? ref : besides.with("allOf", JsonArray.of(ref));
    }

    @Override
    JsonObject quantity() {
      return JsonObject.of("oneOf", oneOf("string", "number"));
    }

    @Override
    JsonObject intOrString() {
      return JsonObject.of("format", "int-or-string", "oneOf", oneOf("integer", "string"));
    }

    @Override
    JsonObject parameter(JsonObject head, JsonObject schema) {
      return head.with("schema", schema);
    }
  };

  private final String prefix;

  Dialect(String prefix) {
    this.prefix = prefix;
  }

  JsonObject ref(String definition) {
    return JsonObject.of("$ref", prefix + definition);
  }

  /** A reference with a description or default beside it. */
  abstract JsonObject refWith(JsonObject ref, JsonObject besides);

  abstract JsonObject quantity();

  abstract JsonObject intOrString();

  abstract JsonObject parameter(JsonObject head, JsonObject schema);

  private static JsonArray oneOf(String first, String second) {
    return JsonArray.of(JsonObject.of("type", first), JsonObject.of("type", second));
  }
}
