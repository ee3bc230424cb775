package io.tiphys.model.schema;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.quantity.ValueFormatException;
import java.util.function.UnaryOperator;

/** Fits single values to their types; part of {@link Shape}. */
final class ScalarShape {
  private ScalarShape() {}

  static Json fit(Json value, ScalarType type, ShapePath path) {
    return switch (type) {
      case STRING -> string(value, type, path);
      case BOOL -> {
        if (value instanceof JsonBool) {
          yield value;
        }
        throw path.mismatch(value, type);
      }
      case INT32 -> integer(value, type, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64 -> integer(value, type, path, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> {
        if (value instanceof JsonNumber) {
          yield value;
        }
        throw path.mismatch(value, type);
      }
      case BYTES -> bytes(string(value, type, path));
      case QUANTITY -> quantity(value);
      case INT_OR_STRING ->
          value instanceof JsonString
              ? value
              : integer(value, ScalarType.INT32, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case TIME ->
          canonical(string(value, type, path), t -> Timestamps.format(Timestamps.parse(t)));
      case MICRO_TIME ->
          canonical(
              string(value, type, path), t -> Timestamps.formatMicro(Timestamps.parseMicro(t)));
      case DURATION ->
          canonical(string(value, type, path), t -> GoDuration.format(GoDuration.parse(t)));
      case ANY, FIELDS_V1, JSON -> value;
      case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS ->
          throw new IllegalArgumentException(type + " is no single value");
    };
  }

  private static JsonString string(Json value, ScalarType type, ShapePath path) {
    if (value instanceof JsonString string) {
      return string;
    }
    throw path.mismatch(value, type);
  }

  private static Json integer(Json value, ScalarType type, ShapePath path, long min, long max) {
    if (!(value instanceof JsonNumber number)) {
      throw path.mismatch(value, type);
    }
    if (!number.isIntegral() || number.longValue() < min || number.longValue() > max) {
      throw path.outOfRange(number, type);
    }
    return value;
  }

  private static Json quantity(Json value) {
    try {
      String canonical = Quantity.of(value).toString();
      return value instanceof JsonString(String text) && text.equals(canonical)
          ? value
          : JsonString.of(canonical);
    } catch (ValueFormatException e) {
      throw new ShapeException(e.getMessage());
    }
  }

  private static Json canonical(JsonString value, UnaryOperator<String> rewrite) {
    try {
      String canonical = rewrite.apply(value.value());
      return canonical.equals(value.value()) ? value : JsonString.of(canonical);
    } catch (ValueFormatException e) {
      throw new ShapeException(e.getMessage());
    }
  }

  /** Go's encoding/base64 with padding; line breaks are skipped. */
  private static Json bytes(JsonString value) {
    String text = value.value();
    int digits = 0;
    int padding = 0;
    boolean lines = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        lines = true;
      } else if (c == '=' && digits % 4 >= 2 && padding < 4 - digits % 4) {
        padding++;
      } else if (padding == 0 && isBase64(c)) {
        digits++;
      } else {
        throw illegal(i);
      }
    }
    if ((digits + padding) % 4 != 0) {
      throw illegal(text.length() - (padding == 0 ? digits % 4 : 0));
    }
    return lines ? JsonString.of(text.replaceAll("[\r\n]", "")) : value;
  }

  private static ShapeException illegal(int at) {
    return new ShapeException("illegal base64 data at input byte " + at);
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  /** What a null in a list or a map becomes. */
  static Json zero(ScalarType type) {
    return switch (type) {
      case STRING, BYTES -> JsonString.EMPTY;
      case BOOL -> JsonBool.FALSE;
      case INT32, INT64, DOUBLE, INT_OR_STRING -> JsonNumber.of(0);
      case QUANTITY -> JsonString.of("0");
      case DURATION -> JsonString.of("0s");
      case TIME, MICRO_TIME, ANY, FIELDS_V1, JSON -> JsonNull.NULL;
      case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> JsonNull.NULL;
    };
  }
}
