package io.tiphys.model.proto;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.ScalarType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Trees of a type with random content, without zeros; the same for the same seed. */
final class RandomTrees {
  private final Random random;

  RandomTrees(long seed) {
    random = new Random(seed);
  }

  JsonObject struct(StructType type, int depth) {
    JsonObject.Builder object = new JsonObject.Builder();
    for (Field field : type.fields()) {
      boolean leaf = field.type() instanceof ScalarType;
      if (field.number() > 0 && random.nextInt(10) < (leaf ? 7 : 6 - depth)) {
        Json value = value(field.type(), type, depth + 1);
        if (value != null) {
          object.put(field.name(), value);
        }
      }
    }
    return object.build();
  }

  private @Nullable Json value(Type type, StructType enclosing, int depth) {
    return switch (type) {
      case StructType struct -> struct(struct, depth);
      case ListType list -> JsonArray.of(items(list.item(), enclosing, depth));
      case MapType map -> {
        JsonObject.Builder entries = new JsonObject.Builder();
        for (Json item : items(map.value(), enclosing, depth)) {
          entries.put(text(), item);
        }
        yield entries.build();
      }
      case ScalarType scalar -> scalar(scalar, enclosing, depth);
    };
  }

  private List<Json> items(Type type, StructType enclosing, int depth) {
    List<Json> items = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      Json item = value(type, enclosing, depth);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private @Nullable Json scalar(ScalarType type, StructType enclosing, int depth) {
    return switch (type) {
      case STRING -> JsonString.of(text());
      case BOOL -> JsonBool.TRUE;
      case INT32 -> JsonNumber.of(random.nextInt() | 1);
      case INT64 -> JsonNumber.of(random.nextLong() | 1);
      case DOUBLE -> JsonNumber.of(random.nextInt(1000) + 0.25);
      case BYTES -> JsonString.of("AQIDBA==");
      case QUANTITY -> JsonString.of(1 + random.nextInt(900) + (random.nextBoolean() ? "m" : "Mi"));
      case INT_OR_STRING -> random.nextBoolean() ? JsonNumber.of(80) : JsonString.of("http");
      case TIME -> JsonString.of(Timestamps.format(time()));
      case MICRO_TIME -> JsonString.of(Timestamps.formatMicro(time()));
      case DURATION -> JsonString.of("1m30s");
      case ANY, FIELDS_V1, JSON -> JsonObject.of("x", text());
      case SCHEMA_OR_BOOL -> random.nextBoolean() ? JsonBool.TRUE : schema(enclosing, depth);
      case SCHEMA_OR_ARRAY ->
          random.nextBoolean() ? JsonArray.of(schema(enclosing, depth)) : schema(enclosing, depth);
      case SCHEMA_OR_STRINGS ->
          random.nextBoolean() ? JsonArray.ofStrings(List.of("a")) : schema(enclosing, depth);
    };
  }

  private JsonObject schema(StructType type, int depth) {
    return depth > 4 ? JsonObject.of("type", "string") : struct(type, depth + 2);
  }

  private Instant time() {
    return Instant.ofEpochSecond(
        1 + random.nextInt(2_000_000_000), random.nextInt(999_999) * 1000L);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(12); n > 0; n--) {
      text.appendCodePoint("abcXYZ019-./ é€\n\"".codePointAt(random.nextInt(16)));
    }
    return text.toString();
  }
}
