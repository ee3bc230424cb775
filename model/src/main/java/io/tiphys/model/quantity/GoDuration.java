package io.tiphys.model.quantity;

import io.tiphys.model.json.JsonString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as Go writes them: {@code 1h15m30.918s}, {@code 300ms}, {@code 0s}. */
public final class GoDuration {
  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoDuration() {}

  /** The units; longer names first where one begins with another. */
  private enum Unit {
    NANO("ns", 1),
    MICRO("us", 1_000),
    MICRO_SIGN("\u00b5s", 1_000),
    MU("\u03bcs", 1_000),
    MILLI("ms", 1_000_000),
    SECOND("s", 1_000_000_000),
    MINUTE("m", 60_000_000_000L),
    HOUR("h", 3_600_000_000_000L);

    private final String text;
    private final long nanos;

    Unit(String text, long nanos) {
      this.text = text;
      this.nanos = nanos;
    }

    static @Nullable Unit of(String text) {
      for (Unit unit : values()) {
        if (unit.text.equals(text)) {
          return unit;
        }
      }
      return null;
    }
  }

  /**
   * Reads a duration.
   *
   * @throws ValueFormatException if the text is no duration within 292 years
   */
  public static Duration parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty() || rest.length() > 1_000) {
      throw invalid(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    for (int at = 0; at < rest.length(); ) {
      int unitAt = skip(rest, at, true);
      int end = skip(rest, unitAt, false);
      nanos = nanos.add(part(text, rest.substring(at, unitAt), rest.substring(unitAt, end)));
      at = end;
    }
    if (nanos.compareTo(MAX_NANOS) > 0) {
      throw invalid(text);
    }
    long value = nanos.longValue();
    return Duration.ofNanos(negative ? -value : value);
  }

  private static int skip(String text, int from, boolean number) {
    int at = from;
    while (at < text.length() && isNumber(text.charAt(at)) == number) {
      at++;
    }
    return at;
  }

  private static boolean isNumber(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static BigDecimal part(String text, String number, String unitText) {
    boolean digits = number.chars().anyMatch(c -> c != '.');
    if (!digits || number.indexOf('.') != number.lastIndexOf('.')) {
      throw invalid(text);
    }
    if (unitText.isEmpty()) {
      throw new ValueFormatException("time: missing unit in duration " + JsonString.of(text));
    }
    Unit unit = Unit.of(unitText);
    if (unit == null) {
      throw new ValueFormatException(
          "time: unknown unit " + JsonString.of(unitText) + " in duration " + JsonString.of(text));
    }
    return new BigDecimal(number)
        .multiply(BigDecimal.valueOf(unit.nanos))
        .setScale(0, RoundingMode.DOWN);
  }

  private static ValueFormatException invalid(String text) {
    return new ValueFormatException("time: invalid duration " + JsonString.of(text));
  }

  /** The text for a duration: the units h, m and s, or one of ms, &#181;s and ns below a second. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    String sign = duration.isNegative() ? "-" : "";
    Duration abs = duration.abs();
    if (abs.compareTo(Duration.ofSeconds(1)) < 0) {
      long nanos = abs.toNanos();
      Unit unit =
          nanos < Unit.MICRO.nanos
              ? Unit.NANO
              : nanos < Unit.MILLI.nanos ? Unit.MICRO_SIGN : Unit.MILLI;
      return sign + decimal(BigDecimal.valueOf(nanos), unit) + unit.text;
    }
    StringBuilder text = new StringBuilder(sign);
    long hours = abs.toHours();
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (abs.toMinutes() > 0) {
      text.append(abs.toMinutesPart()).append('m');
    }
    long nanos = abs.toSecondsPart() * 1_000_000_000L + abs.toNanosPart();
    return text.append(decimal(BigDecimal.valueOf(nanos), Unit.SECOND)).append('s').toString();
  }

  private static String decimal(BigDecimal nanos, Unit unit) {
    BigDecimal value = nanos.divide(BigDecimal.valueOf(unit.nanos));
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
