package io.tiphys.model.cron;

import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.ValueFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads schedules such as {@code *}{@code /5 8-18 * * MON-FRI} and {@code @daily}. Messages are
 * those of the library that upstream uses.
 */
public final class CronParser {
  private static final Map<String, String> SHORTHANDS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final String EVERY = "@every ";

  /** The values of a field; names stand for values in their order. */
  private record Bounds(int min, int max, List<String> names) {}

  private static final Bounds MINUTES = new Bounds(0, 59, List.of());
  private static final Bounds HOURS = new Bounds(0, 23, List.of());
  private static final Bounds DAYS_OF_MONTH = new Bounds(1, 31, List.of());
  private static final Bounds MONTHS =
      new Bounds(
          1,
          12,
          List.of(
              "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
  private static final Bounds DAYS_OF_WEEK =
      new Bounds(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  /** A field's values, and whether it holds a star without a step. */
  private record Bits(long bits, boolean any) {}

  private CronParser() {}

  /**
   * @throws ValueFormatException if the text is no schedule
   */
  public static CronSchedule parse(String text) {
    if (text.isEmpty()) {
      throw new ValueFormatException("empty spec string");
    }
    String schedule = withoutZone(text);
    if (schedule.startsWith("@")) {
      if (schedule.startsWith(EVERY)) {
        return every(schedule);
      }
      String fields = SHORTHANDS.get(schedule);
      if (fields == null) {
        throw new ValueFormatException("unrecognized descriptor: " + schedule);
      }
      schedule = fields;
    }
    String[] fields = schedule.strip().split("\\s+");
    if (fields.length != 5) {
      throw new ValueFormatException(
          "expected exactly 5 fields, found "
              + fields.length
              + ": ["
              + String.join(" ", fields)
              + "]");
    }
    Bits dayOfMonth = field(fields[2], DAYS_OF_MONTH);
    Bits dayOfWeek = field(fields[4], DAYS_OF_WEEK);
    return new CronSchedule.Fields(
        field(fields[0], MINUTES).bits,
        field(fields[1], HOURS).bits,
        dayOfMonth.bits,
        field(fields[3], MONTHS).bits,
        dayOfWeek.bits,
        dayOfMonth.any,
        dayOfWeek.any);
  }

  /** What is wrong with a text that should be a schedule; empty if nothing is. */
  public static Optional<String> fault(String text) {
    try {
      parse(text);
      return Optional.empty();
    } catch (ValueFormatException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Drops a leading {@code TZ=zone}, which old schedules may have. */
  private static String withoutZone(String text) {
    if (!text.startsWith("TZ=") && !text.startsWith("CRON_TZ=")) {
      return text;
    }
    int space = text.indexOf(' ');
    return space < 0 ? "" : text.substring(space).strip();
  }

  private static CronSchedule every(String schedule) {
    String duration = schedule.substring(EVERY.length());
    try {
      return new CronSchedule.Every(GoDuration.parse(duration));
    } catch (ValueFormatException e) {
      throw new ValueFormatException(
          "failed to parse duration " + schedule + ": " + e.getMessage());
    }
  }

  private static Bits field(String field, Bounds bounds) {
    long bits = 0;
    boolean any = false;
    for (String range : field.split(",")) {
      if (!range.isEmpty()) {
        Bits one = range(range, bounds);
        bits |= one.bits;
        any |= one.any;
      }
    }
    return new Bits(bits, any);
  }

  private static Bits range(String text, Bounds bounds) {
    String[] rangeAndStep = text.split("/", -1);
    String[] ends = rangeAndStep[0].split("-", -1);
    boolean star = ends[0].equals("*") || ends[0].equals("?");
    int first = star ? bounds.min : value(ends[0], bounds);
    int last = star ? bounds.max : first;
    if (!star && ends.length == 2) {
      last = value(ends[1], bounds);
    } else if (!star && ends.length > 2) {
      throw new ValueFormatException("too many hyphens: " + text);
    }
    int step = 1;
    if (rangeAndStep.length == 2) {
      step = number(rangeAndStep[1]);
      last = !star && ends.length == 1 ? bounds.max : last;
    } else if (rangeAndStep.length > 2) {
      throw new ValueFormatException("too many slashes: " + text);
    }
    check(first, last, step, bounds, text);
    long bits = 0;
    for (int i = first; i <= last; i += step) {
      bits |= 1L << i;
    }
    return new Bits(bits, star && step == 1);
  }

  private static void check(int first, int last, int step, Bounds bounds, String text) {
    if (first < bounds.min) {
      throw new ValueFormatException(
          "beginning of range (%d) below minimum (%d): %s".formatted(first, bounds.min, text));
    }
    if (last > bounds.max) {
      throw new ValueFormatException(
          "end of range (%d) above maximum (%d): %s".formatted(last, bounds.max, text));
    }
    if (first > last) {
      throw new ValueFormatException(
          "beginning of range (%d) beyond end of range (%d): %s".formatted(first, last, text));
    }
    if (step == 0) {
      throw new ValueFormatException("step of range should be a positive number: " + text);
    }
  }

  private static int value(String text, Bounds bounds) {
    int name = bounds.names.indexOf(text.toLowerCase(Locale.ROOT));
    return name < 0 ? number(text) : name + bounds.min;
  }

  private static int number(String text) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new ValueFormatException(
          "failed to parse int from "
              + text
              + ": strconv.Atoi: parsing "
              + JsonString.of(text)
              + ": invalid syntax");
    }
    if (value < 0) {
      throw new ValueFormatException("negative number (" + value + ") not allowed: " + text);
    }
    return value;
  }
}
