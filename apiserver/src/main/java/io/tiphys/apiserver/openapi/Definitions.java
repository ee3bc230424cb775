package io.tiphys.apiserver.openapi;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.ScalarType;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns schema types into OpenAPI definitions; collects what each type refers to. */
final class Definitions {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

  private final Schema schema;
  private final Dialect dialect;
  private final SortedMap<String, Json> done = new TreeMap<>();
  private final Deque<StructType> open = new ArrayDeque<>();

  Definitions(Schema schema, Dialect dialect) {
    this.schema = schema;
    this.dialect = dialect;
  }

  /** A reference to a type, which is defined together with all that it refers to. */
  JsonObject reference(StructType type) {
    if (!done.containsKey(type.name())) {
      done.put(type.name(), JsonObject.EMPTY);
      open.add(type);
    }
    return dialect.ref(type.name());
  }

  /** All definitions that were referred to, by name. */
  JsonObject all() {
    for (StructType type = open.poll(); type != null; type = open.poll()) {
      done.put(type.name(), define(type));
    }
    JsonObject.Builder all = new JsonObject.Builder(done.size());
    done.forEach(all::put);
    return all.build();
  }

  private JsonObject define(StructType type) {
    JsonObject.Builder properties = new JsonObject.Builder();
    List<String> required = new ArrayList<>();
    for (Field field : type.fields()) {
      properties.put(field.name(), property(type, field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    JsonObject definition = JsonObject.of("type", "object");
    JsonObject all = properties.build();
    if (!all.isEmpty()) {
      definition = definition.with("properties", all);
    }
    if (!required.isEmpty()) {
      definition = definition.with("required", JsonArray.ofStrings(required));
    }
    String description = schema.description(type);
    if (!description.isEmpty()) {
      definition = definition.with("description", description);
    }
    if (type.atomic()) {
      definition = definition.with("x-kubernetes-map-type", "atomic");
    }
    List<GroupVersionKind> kinds = schema.kindsOf(type);
    return kinds.isEmpty()
        ? definition
        : definition.with(
            "x-kubernetes-group-version-kind",
            JsonArray.of(kinds.stream().map(Definitions::kind).toList()));
  }

  static JsonObject kind(GroupVersionKind kind) {
    return JsonObject.of("group", kind.group(), "kind", kind.kind(), "version", kind.version());
  }

  private JsonObject property(StructType owner, Field field) {
    JsonObject besides = JsonObject.EMPTY;
    String description = schema.description(owner, field.name());
    if (!description.isEmpty()) {
      besides = besides.with("description", description);
    }
    if (field.defaultValue() != null) {
      besides = besides.with("default", field.defaultValue());
    }
    if (!field.enumValues().isEmpty() && dialect == Dialect.V3) {
      besides = besides.with("enum", JsonArray.ofStrings(field.enumValues()));
    }
    if (field.type() instanceof ListType list) {
      besides = listExtensions(besides, list);
    }
    if (field.patchMergeKey() != null) {
      besides = besides.with("x-kubernetes-patch-merge-key", field.patchMergeKey());
    }
    String strategy =
        field.patchMerge() && field.patchRetainKeys()
            ? "merge,retainKeys"
            : field.patchMerge() ? "merge" : field.patchRetainKeys() ? "retainKeys" : "";
    if (!strategy.isEmpty()) {
      besides = besides.with("x-kubernetes-patch-strategy", strategy);
    }
    JsonObject type = type(field.type());
    return type.has("$ref") ? dialect.refWith(type, besides) : merged(type, besides);
  }

  private static JsonObject listExtensions(JsonObject besides, ListType list) {
    JsonObject extended =
        besides.with("x-kubernetes-list-type", list.topology().name().toLowerCase(Locale.ROOT));
    return list.mapKeys().isEmpty()
        ? extended
        : extended.with("x-kubernetes-list-map-keys", JsonArray.ofStrings(list.mapKeys()));
  }

  private static JsonObject merged(JsonObject type, JsonObject besides) {
    JsonObject.Builder all = new JsonObject.Builder();
    type.forEach(all::put);
    besides.forEach(all::put);
    return all.build();
  }

  private JsonObject type(Type type) {
    return switch (type) {
      case StructType struct -> reference(struct);
      case ListType list -> JsonObject.of("type", "array", "items", type(list.item()));
      case MapType map -> {
        JsonObject object =
            JsonObject.of("type", "object", "additionalProperties", type(map.value()));
        yield map.atomic() ? object.with("x-kubernetes-map-type", "atomic") : object;
      }
      case ScalarType scalar -> scalar(scalar);
    };
  }

  private JsonObject scalar(ScalarType type) {
    return switch (type) {
      case STRING -> JsonObject.of("type", "string");
      case BOOL -> JsonObject.of("type", "boolean");
      case INT32 -> JsonObject.of("type", "integer", "format", "int32");
      case INT64 -> JsonObject.of("type", "integer", "format", "int64");
      case DOUBLE -> JsonObject.of("type", "number", "format", "double");
      case BYTES -> JsonObject.of("type", "string", "format", "byte");
      case QUANTITY -> named(QUANTITY, dialect.quantity());
      case INT_OR_STRING -> named(INT_OR_STRING, dialect.intOrString());
      case TIME -> named(META + "Time", dateTime());
      case MICRO_TIME -> named(META + "MicroTime", dateTime());
      case DURATION -> named(META + "Duration", JsonObject.of("type", "string"));
      case ANY, FIELDS_V1 -> JsonObject.of("type", "object");
      case JSON, SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> JsonObject.EMPTY;
    };
  }

  private static JsonObject dateTime() {
    return JsonObject.of("type", "string", "format", "date-time");
  }

  private JsonObject named(String name, JsonObject definition) {
    done.putIfAbsent(name, definition);
    return dialect.ref(name);
  }

  static JsonArray strings(String... values) {
    return JsonArray.of(
        java.util.Arrays.stream(values).map(JsonString::of).toArray(JsonString[]::new));
  }
}
