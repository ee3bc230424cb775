package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.ScalarType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Required fields and enums, read from the schema. Runs after a kind's own rules and is silent
 * about places that they have spoken of, since they know upstream's exact text.
 *
 * <p>Required are strings that must not be empty and objects that must be there. Numbers and
 * booleans are not: an absent one is 0 or false to upstream, and lists and maps may be empty; what
 * more a kind demands of these is a rule of its own. {@code metadata} and {@code status} are left
 * alone.
 */
public final class SchemaRules {
  private static final Set<String> LEFT_ALONE = Set.of("apiVersion", "kind", "metadata", "status");

  private final FieldErrors errors;
  private final Set<String> spokenOf = new HashSet<>();

  private SchemaRules(FieldErrors errors) {
    this.errors = errors;
    for (FieldError error : errors.list()) {
      spokenOf.add(error.field());
    }
  }

  /** Adds the errors of an API object to those found already. */
  public static void validate(StructType type, JsonObject object, FieldErrors errors) {
    SchemaRules rules = new SchemaRules(errors);
    for (Field field : type.fields()) {
      if (!LEFT_ALONE.contains(field.name())) {
        rules.field(field, object, FieldPath.ROOT);
      }
    }
  }

  private void struct(StructType type, JsonObject object, FieldPath path) {
    for (Field field : type.fields()) {
      field(field, object, path);
    }
  }

  private void field(Field field, JsonObject object, FieldPath parent) {
    Json value = object.get(field.name());
    if (value == null || value == JsonNull.NULL || isEmptyString(value)) {
      if (field.required() && mayNotBeAbsent(field.type())) {
        FieldPath path = parent.child(field.name());
        if (!spokenOfAtOrBelow(path.toString())) {
          errors.required(path, "");
        }
      }
      return;
    }
    if (field.type() != ScalarType.ANY) {
      value(field.type(), field.enumValues(), value, parent.child(field.name()));
    }
  }

  private void value(Type type, List<String> allowed, Json value, FieldPath path) {
    switch (type) {
      case StructType struct when value instanceof JsonObject object ->
          struct(struct, object, path);
      case ListType list when value instanceof JsonArray items -> {
        for (int i = 0; i < items.size(); i++) {
          value(list.item(), allowed, items.get(i), path.index(i));
        }
      }
      case MapType map
          when value instanceof JsonObject object && map.value() instanceof StructType ->
          object.forEach((key, item) -> value(map.value(), allowed, item, path.key(key)));
      default -> {
        if (value instanceof JsonString s
            && !allowed.isEmpty()
            && !allowed.contains(s.value())
            && !spokenOf.contains(path.toString())
            && !spokenOf.contains(parentOf(path.toString()))) {
          errors.notSupported(path, s, allowed.stream().sorted().toList());
        }
      }
    }
  }

  private static String parentOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static boolean isEmptyString(Json value) {
    return value instanceof JsonString s && s.value().isEmpty();
  }

  private static boolean mayNotBeAbsent(Type type) {
    return type instanceof StructType
        || type == ScalarType.STRING
        || type == ScalarType.INT_OR_STRING;
  }

  private boolean spokenOfAtOrBelow(String path) {
    return spokenOf.stream()
        .anyMatch(said ->
            said.startsWith(path)
                && (said.length() == path.length()
                    || ".[".indexOf(said.charAt(path.length())) >= 0));
  }
}
