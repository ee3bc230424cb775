package io.tiphys.model.quantity;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import java.util.OptionalInt;

/** A number, or a percentage of some total: {@code maxUnavailable: 25%}, {@code maxSurge: 1}. */
public sealed interface IntOrPercent {

  /** A number as it is. */
  record Absolute(int value) implements IntOrPercent {}

  /** {@code "25%"}; may be over 100. */
  record Percent(int value) implements IntOrPercent {}

  /**
   * Reads an int-or-string field.
   *
   * @throws ValueFormatException if the value is neither an integer nor a string such as {@code
   *     25%}
   */
  static IntOrPercent of(Json value) {
    return switch (value) {
      case JsonNumber n when n.isIntegral() -> new Absolute((int) n.longValue());
      case JsonString s -> percent(s.value());
      default -> throw new ValueFormatException("invalid value for IntOrString: " + value);
    };
  }

  private static Percent percent(String text) {
    if (!text.endsWith("%")) {
      throw new ValueFormatException(
          "invalid value for IntOrString: invalid type: string is not a percentage");
    }
    OptionalInt number = parseInt(text.substring(0, text.length() - 1));
    if (number.isEmpty()) {
      throw new ValueFormatException(
          "invalid value for IntOrString: invalid value " + JsonString.of(text));
    }
    return new Percent(number.getAsInt());
  }

  private static OptionalInt parseInt(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** The number that this is of a total; fractions are rounded up or down. */
  default int of(int total, boolean roundUp) {
    return switch (this) {
      case Absolute a -> a.value();
      case Percent p -> {
        long product = (long) p.value() * total;
        yield (int) (roundUp ? Math.ceilDiv(product, 100L) : Math.floorDiv(product, 100L));
      }
    };
  }
}
