package io.tiphys.model.validation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;

/**
 * What is wrong with one field.
 *
 * @param field the path, {@code <nil>} for the object as a whole
 * @param message field and fault, as it stands in {@code Status.message}
 */
public record FieldError(Kind kind, String field, String message) {

  /** The reasons of a cause in {@code Status.details.causes}. */
  public enum Kind {
    REQUIRED("FieldValueRequired"),
    DUPLICATE("FieldValueDuplicate"),
    INVALID("FieldValueInvalid"),
    NOT_SUPPORTED("FieldValueNotSupported"),
    FORBIDDEN("FieldValueForbidden"),
    TOO_LONG("FieldValueTooLong"),
    TOO_MANY("FieldValueTooMany"),
    NOT_FOUND("FieldValueNotFound"),
    TYPE_INVALID("FieldValueTypeInvalid"),
    INTERNAL("InternalError");

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }

  public static FieldError required(FieldPath path, String detail) {
    return of(Kind.REQUIRED, path, "Required value", detail);
  }

  public static FieldError duplicate(FieldPath path, Json value) {
    return of(Kind.DUPLICATE, path, "Duplicate value: " + text(value), "");
  }

  public static FieldError invalid(FieldPath path, Json value, String detail) {
    return of(Kind.INVALID, path, "Invalid value: " + text(value), detail);
  }

  public static FieldError typeInvalid(FieldPath path, Json value, String detail) {
    return of(Kind.TYPE_INVALID, path, "Invalid value: " + text(value), detail);
  }

  public static FieldError forbidden(FieldPath path, String detail) {
    return of(Kind.FORBIDDEN, path, "Forbidden", detail);
  }

  public static FieldError notFound(FieldPath path, Json value) {
    return of(Kind.NOT_FOUND, path, "Not found: " + text(value), "");
  }

  /** The supported values are listed in the order given. */
  public static FieldError notSupported(
      FieldPath path, Json value, java.util.Collection<String> supported) {
    String list =
        String.join(", ", supported.stream().map(s -> JsonString.of(s).toString()).toList());
    return of(
        Kind.NOT_SUPPORTED,
        path,
        "Unsupported value: " + text(value),
        supported.isEmpty() ? "" : "supported values: " + list);
  }

  /** Too many bytes; the value itself is not repeated. */
  public static FieldError tooLong(FieldPath path, int max) {
    return of(Kind.TOO_LONG, path, "Too long", "may not be more than " + max + " bytes");
  }

  public static FieldError tooMany(FieldPath path, int actual, int max) {
    return of(Kind.TOO_MANY, path, "Too many: " + actual, "must have at most " + max + " items");
  }

  private static FieldError of(Kind kind, FieldPath path, String fault, String detail) {
    String field = path.toString().isEmpty() ? "<nil>" : path.toString();
    String at = path.toString().isEmpty() ? "" : field + ": ";
    return new FieldError(kind, field, at + fault + (detail.isEmpty() ? "" : ": " + detail));
  }

  private static String text(Json value) {
    return switch (value) {
      case JsonNull _ -> "null";
      case JsonObject o -> o.toString();
      case JsonArray a -> a.toString();
      default -> value.toString();
    };
  }

  /** The entry of {@code Status.details.causes}. */
  public JsonObject cause() {
    String prefix = field + ": ";
    return JsonObject.of(
        "reason",
        kind.reason(),
        "message",
        message.startsWith(prefix) ? message.substring(prefix.length()) : message,
        "field",
        field);
  }
}
