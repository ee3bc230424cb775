package io.tiphys.model.view;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.quantity.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * Conversions between JSON values and the Java types that views show. Reading a value of another
 * JSON type gives the type's zero, as an absent field does.
 */
public final class Values {
  private Values() {}

  public static String string(Json value) {
    return View.text(value);
  }

  public static boolean bool(Json value) {
    return value == JsonBool.TRUE;
  }

  public static int int32(Json value) {
    return (int) int64(value);
  }

  public static long int64(Json value) {
    return value instanceof JsonNumber n ? n.longValue() : 0;
  }

  public static double number(Json value) {
    return value instanceof JsonNumber n ? n.doubleValue() : 0;
  }

  public static byte[] bytes(Json value) {
    return Base64.getDecoder().decode(string(value));
  }

  public static Quantity quantity(Json value) {
    return Quantity.of(value);
  }

  public static Instant time(Json value) {
    return Timestamps.parse(string(value));
  }

  public static Instant microTime(Json value) {
    return Timestamps.parseMicro(string(value));
  }

  public static Duration duration(Json value) {
    return GoDuration.parse(string(value));
  }

  public static Json json(Json value) {
    return value;
  }

  public static JsonObject object(Json value) {
    return value instanceof JsonObject o ? o : JsonObject.EMPTY;
  }

  /** A list of strings that is a value of a map. */
  public static List<String> strings(Json value) {
    return value instanceof JsonArray a ? a.strings().toList() : List.of();
  }

  public static Json of(String value) {
    return JsonString.of(value);
  }

  public static Json of(boolean value) {
    return JsonBool.of(value);
  }

  public static Json of(int value) {
    return JsonNumber.of(value);
  }

  public static Json of(long value) {
    return JsonNumber.of(value);
  }

  public static Json of(double value) {
    return JsonNumber.of(value);
  }

  public static Json of(byte[] value) {
    return JsonString.of(Base64.getEncoder().encodeToString(value));
  }

  public static Json of(Quantity value) {
    return JsonString.of(value.toString());
  }

  public static Json ofTime(Instant value) {
    return JsonString.of(Timestamps.format(value));
  }

  public static Json ofMicroTime(Instant value) {
    return JsonString.of(Timestamps.formatMicro(value));
  }

  public static Json of(Duration value) {
    return JsonString.of(GoDuration.format(value));
  }

  public static Json of(List<String> value) {
    return JsonArray.ofStrings(value);
  }

  public static Json of(View<?> value) {
    return value.json();
  }

  public static Json of(Json value) {
    return value;
  }
}
