package io.tiphys.generator;

/** How views show values that are no structs. */
final class ViewTypes {
  private ViewTypes() {}

  /**
   * A Java type.
   *
   * @param value the constant of the class Value that converts it
   */
  record JavaType(String name, String value) {}

  /** The type as an item of a list or a value of a map. */
  static JavaType of(FieldType type) {
    return switch (type) {
      case FieldType.ListOf _ -> new JavaType("List<String>", "STRINGS");
      case FieldType.Struct _, FieldType.MapOf _ -> new JavaType("Json", "ANY");
      case FieldType.Scalar s -> scalar(s.name());
    };
  }

  private static JavaType scalar(String name) {
    return switch (name) {
      case "STRING" -> new JavaType("String", name);
      case "BOOL" -> new JavaType("Boolean", name);
      case "INT32" -> new JavaType("Integer", name);
      case "INT64" -> new JavaType("Long", name);
      case "BYTES" -> new JavaType("byte[]", name);
      case "QUANTITY" -> new JavaType("io.tiphys.model.quantity.Quantity", name);
      case "TIME", "MICRO_TIME" -> new JavaType("java.time.Instant", name);
      case "DURATION" -> new JavaType("java.time.Duration", name);
      default -> new JavaType("Json", "ANY");
    };
  }
}
