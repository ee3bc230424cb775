package io.tiphys.model.quantity;

import io.tiphys.model.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Reads an RFC 3339 time, with the messages of Go's {@code time.Parse}, which clients know. */
final class TimeParser {
  static final String SECONDS = "2006-01-02T15:04:05Z07:00";
  static final String MICROS = "2006-01-02T15:04:05.000000Z07:00";

  private final String text;
  private final String layout;
  private int pos;

  TimeParser(String text, String layout) {
    this.text = text;
    this.layout = layout;
  }

  Instant parse() {
    int year = number(4, "2006");
    literal('-');
    int month = number(2, "01", 1, 12, "month");
    literal('-');
    int day = number(2, "02");
    literal('T');
    int hour = number(2, "15", 0, 23, "hour");
    literal(':');
    int minute = number(2, "04", 0, 59, "minute");
    literal(':');
    int second = number(2, "05", 0, 59, "second");
    int nano = fraction();
    ZoneOffset offset = offset();
    if (pos < text.length()) {
      throw failure(": extra text: " + quote(text.substring(pos)));
    }
    try {
      return LocalDate.of(year, month, day)
          .atTime(LocalTime.of(hour, minute, second, nano))
          .toInstant(offset);
    } catch (DateTimeException e) {
      throw failure(": day out of range");
    }
  }

  private int number(int width, String element) {
    if (pos + width > text.length()) {
      throw missing(element);
    }
    int value = 0;
    for (int i = pos; i < pos + width; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw missing(element);
      }
      value = value * 10 + c - '0';
    }
    pos += width;
    return value;
  }

  private int number(int width, String element, int min, int max, String name) {
    int value = number(width, element);
    if (value < min || value > max) {
      throw failure(": " + name + " out of range");
    }
    return value;
  }

  private void literal(char expected) {
    if (pos >= text.length() || text.charAt(pos) != expected) {
      throw missing(String.valueOf(expected));
    }
    pos++;
  }

  /** Nanoseconds. {@code Time} takes any number of digits or none, {@code MicroTime} just six. */
  private int fraction() {
    int end = pos;
    if (end < text.length() && (text.charAt(end) == '.' || text.charAt(end) == ',')) {
      end++;
      while (end < text.length() && Character.digit(text.charAt(end), 10) >= 0) {
        end++;
      }
    }
    int digits = Math.max(0, end - pos - 1);
    if (layout.equals(MICROS) ? digits != 6 : digits == 0 && end > pos) {
      throw missing(layout.equals(MICROS) ? ".000000" : "Z07:00");
    }
    int nanos = 0;
    for (int i = 0; i < 9; i++) {
      int digit = i < digits ? Character.digit(text.charAt(pos + 1 + i), 10) : 0;
      nanos = nanos * 10 + digit;
    }
    pos = end;
    return nanos;
  }

  private ZoneOffset offset() {
    String rest = text.substring(pos);
    if (rest.startsWith("Z")) {
      pos++;
      return ZoneOffset.UTC;
    }
    if (rest.length() < 6 || rest.charAt(3) != ':' || "+-".indexOf(rest.charAt(0)) < 0) {
      throw missing("Z07:00");
    }
    int sign = rest.charAt(0) == '-' ? -1 : 1;
    pos++;
    int hours = number(2, "Z07:00");
    pos++;
    int minutes = number(2, "Z07:00");
    if (hours > 18 || minutes > 59 || (hours == 18 && minutes > 0)) {
      throw failure(": time zone offset hour out of range");
    }
    return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
  }

  private ValueFormatException missing(String element) {
    return failure(
        " as "
            + quote(layout)
            + ": cannot parse "
            + quote(text.substring(pos))
            + " as "
            + quote(element));
  }

  private ValueFormatException failure(String why) {
    return new ValueFormatException("parsing time " + quote(text) + why);
  }

  private static String quote(String value) {
    return JsonString.of(value).toString();
  }
}
