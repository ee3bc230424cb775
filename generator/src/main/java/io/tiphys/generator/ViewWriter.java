package io.tiphys.generator;

import io.tiphys.generator.TypeDef.FieldDef;
import io.tiphys.generator.ViewTypes.JavaType;

/** Writes the view class of one type: accessors and withers over the class View. */
final class ViewWriter {
  private final TypeDef type;
  private final String packageName;
  private final String name;
  private final StringBuilder out = new StringBuilder();

  private ViewWriter(TypeDef type) {
    this.type = type;
    packageName = ViewNames.packageOf(type.name());
    name = ViewNames.simpleName(type.name());
  }

  /** The Java source. */
  static String write(TypeDef type) {
    return new ViewWriter(type).source();
  }

  /** The source of {@code package-info.java}. */
  static String packageInfo(String packageName) {
    return """
    /** Views of the types of one API group and version. Generated. */
    @org.jspecify.annotations.NullMarked
    package %s;
    """
        .formatted(packageName);
  }

  private String source() {
    out.append(
        """
        package %1$s;

        import io.tiphys.model.json.Json;
        import io.tiphys.model.json.JsonObject;
        import io.tiphys.model.view.Value;
        import io.tiphys.model.view.View;
        import java.util.List;
        import java.util.Map;
        import java.util.Optional;
        import java.util.OptionalDouble;
        import java.util.OptionalInt;
        import java.util.OptionalLong;

        /** The type {@code %3$s}. */
        public final class %2$s extends View<%2$s> {
          /** Without any field. */
          public static final %2$s EMPTY = new %2$s(JsonObject.EMPTY);
        """
            .formatted(packageName, name, type.name()));
    if (type.kind()) {
      kind();
    }
    out.append(
        """

          public %1$s(JsonObject json) {
            super(json);
          }

          @Override
          protected %1$s of(JsonObject tree) {
            return new %1$s(tree);
          }
        """
            .formatted(name));
    type.fields().forEach(this::field);
    return out.append("}\n").toString();
  }

  private void kind() {
    String[] groupVersion = type.groupVersion().split("/", -1);
    out.append(
        """

          /** Group, version and kind of these objects. */
          public static final io.tiphys.model.meta.GroupVersionKind KIND =
              new io.tiphys.model.meta.GroupVersionKind("%2$s", "%3$s", "%1$s");

          /** An object with nothing but its kind. */
          public static %1$s create() {
            return EMPTY.withApiVersion(KIND.apiVersion()).withKind(KIND.kind());
          }
        """
            .formatted(name, groupVersion[0], groupVersion[1]));
  }

  private void field(FieldDef field) {
    String method = ViewNames.method(field.name());
    String key = "\"" + field.name() + "\"";
    switch (field.type()) {
      case FieldType.Struct s -> {
        String part = reference(s);
        accessor(part, method, "part(" + key + ", " + part + ".EMPTY)");
        if (!field.required()) {
          accessor("boolean", "has" + ViewNames.capital(method), "has(" + key + ")");
        }
        wither(part, method, "with(" + key + ", value)");
      }
      case FieldType.ListOf(FieldType.Struct s, _, _, _) ->
          parts("List<" + reference(s) + ">", "parts", method, key, s);
      case FieldType.MapOf(FieldType.Struct s, _) ->
          parts("Map<String, " + reference(s) + ">", "partsByName", method, key, s);
      case FieldType.ListOf l -> {
        JavaType item = ViewTypes.of(l.item());
        values("List<" + item.name() + ">", "list", "withList", method, key, item);
      }
      case FieldType.MapOf m -> {
        JavaType value = ViewTypes.of(m.value());
        values("Map<String, " + value.name() + ">", "map", "withMap", method, key, value);
      }
      case FieldType.Scalar s -> scalar(field, s, method, key);
    }
  }

  private String reference(FieldType.Struct struct) {
    return ViewNames.reference(struct.type(), packageName);
  }

  private void parts(String java, String read, String method, String key, FieldType.Struct part) {
    accessor(java, method, read + "(" + key + ", " + reference(part) + ".EMPTY)");
    wither(java, method, "withParts(" + key + ", value)");
  }

  private void values(
      String java, String read, String write, String method, String key, JavaType value) {
    accessor(java, method, read + "(" + key + ", Value." + value.value() + ")");
    wither(java, method, write + "(" + key + ", value, Value." + value.value() + ")");
  }

  private void scalar(FieldDef field, FieldType.Scalar scalar, String method, String key) {
    boolean optional = field.zeroKept() && !field.required();
    switch (scalar.name()) {
      case "STRING" ->
          plain("String", optional ? "Optional<String>" : "String", "string", method, key);
      case "BOOL" ->
          plain("boolean", optional ? "Optional<Boolean>" : "boolean", "bool", method, key);
      case "INT32" -> plain("int", optional ? "OptionalInt" : "int", "int32", method, key);
      case "INT64" -> plain("long", optional ? "OptionalLong" : "long", "int64", method, key);
      case "DOUBLE" -> plain("double", "OptionalDouble", "double", method, key);
      default -> {
        JavaType java = ViewTypes.of(scalar);
        values("Optional<" + java.name() + ">", "optional", "with", method, key, java);
      }
    }
  }

  private void plain(String java, String shown, String read, String method, String key) {
    boolean optional = shown.startsWith("Optional");
    String reader = optional ? "optional" + ViewNames.capital(read) : read;
    accessor(shown, method, reader + "(" + key + ")");
    wither(java, method, "with(" + key + ", value)");
  }

  private void accessor(String java, String method, String body) {
    out.append(
        """

          public %s %s() {
            return %s;
          }
        """
            .formatted(java, method, body));
  }

  private void wither(String shown, String method, String body) {
    String java = shown.startsWith("Optional<") ? shown.substring(9, shown.length() - 1) : shown;
    out.append(
        """

          public %s with%s(%s value) {
            return %s;
          }
        """
            .formatted(name, ViewNames.capital(method), java, body));
  }
}
