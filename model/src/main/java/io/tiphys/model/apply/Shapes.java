package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.ScalarType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Which values are owned field by field, and which as a whole. Without a type, as in custom
 * resources that have no schema, objects are owned field by field and lists as a whole.
 */
final class Shapes {
  private Shapes() {}

  static boolean isGranular(@Nullable Type type, Json value) {
    return value instanceof JsonObject
        && switch (type) {
          case StructType s -> !s.atomic();
          case MapType m -> !m.atomic();
          case ScalarType s -> s == ScalarType.ANY;
          case ListType _ -> false;
          case null -> true;
        };
  }

  /** The type of a list whose items are owned one by one; null for other values. */
  static @Nullable ListType keyedList(@Nullable Type type, Json value) {
    return value instanceof JsonArray
            && type instanceof ListType list
            && list.topology() != ListType.Topology.ATOMIC
        ? list
        : null;
  }

  /** Whether the step is a field that the type declares. */
  static boolean isNamed(@Nullable Type type, String key) {
    return type instanceof StructType struct && struct.field(key) != null;
  }

  /** The type of a key's value; null if the schema does not know it. */
  static @Nullable Type child(@Nullable Type type, String key) {
    return switch (type) {
      case StructType s -> {
        Field field = s.field(key);
        yield field == null ? null : field.type();
      }
      case MapType m -> m.value();
      case null, default -> null;
    };
  }

  /** The type of the value that a step of a path leads to. */
  static @Nullable Type stepType(@Nullable Type type, String step) {
    if (step.startsWith("f:")) {
      return child(type, step.substring(2));
    }
    return type instanceof ListType list ? list.item() : null;
  }

  static boolean isNamedStep(@Nullable Type type, String step) {
    return step.startsWith("f:") && isNamed(type, step.substring(2));
  }
}
