package io.tiphys.model.view;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.quantity.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * How values of one JSON form are shown in Java. Reading a value of another JSON type gives the
 * zero of the Java type.
 */
public record Value<T>(Function<Json, T> read, Function<T, Json> write) {
  public static final Value<String> STRING = new Value<>(Value::text, JsonString::of);
  public static final Value<Boolean> BOOL = new Value<>(j -> j == JsonBool.TRUE, JsonBool::of);
  public static final Value<Integer> INT32 =
      new Value<>(j -> (int) number(j), i -> JsonNumber.of((long) i));
  public static final Value<Long> INT64 = new Value<>(Value::number, l -> JsonNumber.of((long) l));

  /** Base64 in JSON. */
  public static final Value<byte[]> BYTES =
      new Value<>(
          j -> Base64.getDecoder().decode(text(j)),
          b -> JsonString.of(Base64.getEncoder().encodeToString(b)));

  public static final Value<Quantity> QUANTITY =
      new Value<>(Quantity::of, q -> JsonString.of(q.toString()));

  /** Whole seconds. */
  public static final Value<Instant> TIME =
      new Value<>(j -> Timestamps.parse(text(j)), t -> JsonString.of(Timestamps.format(t)));

  /** Microseconds. */
  public static final Value<Instant> MICRO_TIME =
      new Value<>(
          j -> Timestamps.parseMicro(text(j)), t -> JsonString.of(Timestamps.formatMicro(t)));

  public static final Value<Duration> DURATION =
      new Value<>(j -> GoDuration.parse(text(j)), d -> JsonString.of(GoDuration.format(d)));

  /** A list of strings that is a value of a map. */
  public static final Value<List<String>> STRINGS =
      new Value<>(
          j -> j instanceof JsonArray a ? a.strings().toList() : List.of(), JsonArray::ofStrings);

  /** An int-or-string, or JSON of any form. */
  public static final Value<Json> ANY = new Value<>(j -> j, j -> j);

  private static String text(Json value) {
    return value instanceof JsonString s ? s.value() : "";
  }

  private static long number(Json value) {
    return value instanceof JsonNumber n ? n.longValue() : 0;
  }
}
