package io.tiphys.model.quantity;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/**
 * The API's times: RFC 3339, in UTC when written. {@code Time} has whole seconds, {@code MicroTime}
 * always six digits after them. The years 0 to 9999 can be written.
 */
public final class Timestamps {
  private Timestamps() {}

  /**
   * Reads a {@code Time}; any offset is allowed, fractions of a second are kept.
   *
   * @throws ValueFormatException if the text is no RFC 3339 time
   */
  public static Instant parse(String text) {
    return new TimeParser(text, TimeParser.SECONDS).parse();
  }

  /**
   * Reads a {@code MicroTime}: as {@link #parse}, but the six digits are required.
   *
   * @throws ValueFormatException if the text is no RFC 3339 time with six digits of fraction
   */
  public static Instant parseMicro(String text) {
    return new TimeParser(text, TimeParser.MICROS).parse();
  }

  /** {@code 2026-01-31T09:05:00Z}; fractions of a second are dropped. */
  public static String format(Instant time) {
    return text(time, 0);
  }

  /** {@code 2026-01-31T09:05:00.123456Z}; finer fractions are dropped. */
  public static String formatMicro(Instant time) {
    return text(time, 6);
  }

  /** The time as {@code Time} holds it. */
  public static Instant truncate(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String text(Instant time, int digits) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(27);
    number(text, utc.getYear(), 4).append('-');
    number(text, utc.getMonthValue(), 2).append('-');
    number(text, utc.getDayOfMonth(), 2).append('T');
    number(text, utc.getHour(), 2).append(':');
    number(text, utc.getMinute(), 2).append(':');
    number(text, utc.getSecond(), 2);
    if (digits > 0) {
      number(text.append('.'), utc.get(ChronoField.MICRO_OF_SECOND), digits);
    }
    return text.append('Z').toString();
  }

  private static StringBuilder number(StringBuilder text, int value, int width) {
    for (int limit = 10, i = 1; i < width; i++, limit *= 10) {
      if (value < limit) {
        text.append('0');
      }
    }
    return text.append(value);
  }
}
