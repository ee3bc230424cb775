package io.tiphys.apiserver.table;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Durations as {@code kubectl} prints them: two units at most, coarser with age. */
final class Ages {
  private Ages() {}

  /** {@code <unknown>} for an absent time. */
  static String since(String timestamp, Instant now) {
    if (timestamp.isEmpty()) {
      return "<unknown>";
    }
    try {
      return human(Duration.between(Instant.parse(timestamp), now));
    } catch (DateTimeParseException e) {
      return "<invalid>";
    }
  }

  /**
   * {@code 90s}, {@code 5m30s}, {@code 12m}, {@code 3h5m}, {@code 2d4h}, {@code 30d}, {@code 3y}.
   */
  static String human(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    long days = hours / 24;
    if (hours < 192) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 365 * 2) {
      return days + "d";
    }
    long years = days / 365;
    return days < 365 * 8 ? two(years, "y", days % 365, "d") : years + "y";
  }

  private static String two(long major, String unit, long minor, String minorUnit) {
    return minor == 0 ? major + unit : major + unit + minor + minorUnit;
  }
}
