package io.tiphys.generator;

import java.util.List;
import java.util.function.UnaryOperator;

/** The type of a field while the schema is being made. */
sealed interface FieldType {
  /** A constant of the model's ScalarType. */
  record Scalar(String name) implements FieldType {}

  /**
   * Another struct, by OpenAPI name.
   *
   * @param granular whether server-side apply owns its fields one by one here, though it is atomic
   */
  record Struct(String type, boolean granular) implements FieldType {
    Struct(String type) {
      this(type, false);
    }
  }

  /** {@code wrapped}: protobuf holds the items in a message of their own. */
  record ListOf(FieldType item, String topology, List<String> keys, boolean wrapped)
      implements FieldType {}

  /** A map with string keys. */
  record MapOf(FieldType value, boolean atomic) implements FieldType {}

  /** A list that is replaced as a whole, which is what most are. */
  static FieldType listOf(FieldType item) {
    return new ListOf(item, "ATOMIC", List.of(), false);
  }

  /** This type with the names of structs changed. */
  default FieldType renamed(UnaryOperator<String> rename) {
    return switch (this) {
      case Scalar s -> s;
      case Struct s -> new Struct(rename.apply(s.type()), s.granular());
      case ListOf l -> new ListOf(l.item().renamed(rename), l.topology(), l.keys(), l.wrapped());
      case MapOf m -> new MapOf(m.value().renamed(rename), m.atomic());
    };
  }
}
