package io.tiphys.model.quantity;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount such as {@code 100m}, {@code 1Gi} or {@code 12e6}, with the notation it is
 * written in (Kubernetes API reference, "Quantity").
 *
 * <p>Two quantities are equal if their amounts are, whatever their notation. The smallest step is
 * 10<sup>-9</sup>; finer values are rounded away from zero when they are parsed.
 */
public final class Quantity implements Comparable<Quantity> {

  /** How an amount is written. */
  public enum Format {
    /** {@code 12e6}. */
    DECIMAL_EXPONENT,
    /** {@code 12Mi}: powers of 1024. */
    BINARY_SI,
    /** {@code 12M}: powers of 1000. */
    DECIMAL_SI
  }

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI, "0");

  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final BigInteger BIG_KIBI = BigInteger.valueOf(1024);

  private final BigDecimal amount;
  private final Format format;
  private @Nullable String text;

  /**
   * @param text the canonical text if it is known
   */
  Quantity(BigDecimal amount, Format format, @Nullable String text) {
    this.amount = amount;
    this.format = format;
    this.text = text;
  }

  /**
   * Reads a quantity.
   *
   * @throws ValueFormatException if the text is none
   */
  public static Quantity parse(String text) {
    return QuantityParser.parse(text);
  }

  /**
   * The quantity that a field of an object holds; numbers are read as if they were quoted.
   *
   * @throws ValueFormatException if the value is neither a string nor a number, or no quantity
   */
  public static Quantity of(Json value) {
    return switch (value) {
      case JsonString s -> parse(s.value().strip());
      case JsonNumber n -> parse(n.toString());
      default -> throw new ValueFormatException(QuantityParser.WRONG_FORMAT);
    };
  }

  public static Quantity of(long value) {
    return of(value, Format.DECIMAL_SI);
  }

  public static Quantity of(long value, Format format) {
    return new Quantity(BigDecimal.valueOf(value), format, null);
  }

  /** {@code ofMilli(1500)} is {@code 1500m}. */
  public static Quantity ofMilli(long milliValue) {
    return new Quantity(BigDecimal.valueOf(milliValue, 3), Format.DECIMAL_SI, null);
  }

  public Format format() {
    return format;
  }

  /** The exact amount. */
  public BigDecimal amount() {
    return amount;
  }

  /** -1, 0 or 1. */
  public int sign() {
    return amount.signum();
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  /** The sum, in this quantity's notation, or in the other's if this one is zero. */
  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount), isZero() ? other.format : format, null);
  }

  /** The difference, in this quantity's notation, or in the other's if this one is zero. */
  public Quantity minus(Quantity other) {
    return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format, null);
  }

  public Quantity times(long factor) {
    return new Quantity(amount.multiply(BigDecimal.valueOf(factor)), format, null);
  }

  public Quantity negate() {
    return new Quantity(amount.negate(), format, null);
  }

  /** Rounded away from zero to thousandths, as upstream does with all resource amounts. */
  public Quantity roundUpToMilli() {
    return amount.scale() <= 3
        ? this
        : new Quantity(amount.setScale(3, RoundingMode.UP), format, null);
  }

  /** The value as an int64, rounded away from zero; beyond int64 the nearest bound. */
  public long value() {
    return scaled(0);
  }

  /**
   * The value in thousandths as an int64, rounded away from zero; beyond int64 the nearest bound.
   */
  public long milliValue() {
    return scaled(3);
  }

  private long scaled(int digits) {
    BigDecimal rounded = amount.scaleByPowerOfTen(digits).setScale(0, RoundingMode.UP);
    if (rounded.compareTo(MAX_LONG) > 0) {
      return Long.MAX_VALUE;
    }
    return rounded.compareTo(MIN_LONG) < 0 ? Long.MIN_VALUE : rounded.longValue();
  }

  /** The value if it is a whole number within int64. */
  public OptionalLong asLong() {
    boolean whole = amount.signum() == 0 || amount.stripTrailingZeros().scale() <= 0;
    return whole && amount.compareTo(MAX_LONG) <= 0 && amount.compareTo(MIN_LONG) >= 0
        ? OptionalLong.of(amount.longValue())
        : OptionalLong.empty();
  }

  public double doubleValue() {
    return amount.doubleValue();
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity q && amount.compareTo(q.amount) == 0;
  }

  @Override
  public int hashCode() {
    return amount.stripTrailingZeros().hashCode();
  }

  /** The canonical form, as the API server writes it. */
  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = canonical();
      text = known;
    }
    return known;
  }

  private String canonical() {
    if (isZero()) {
      return "0";
    }
    if (format == Format.BINARY_SI
        && amount.abs().compareTo(KIBI) >= 0
        && amount.stripTrailingZeros().scale() <= 0) {
      return binary(amount.toBigIntegerExact());
    }
    BigDecimal stripped = amount.stripTrailingZeros();
    int exponent = -stripped.scale();
    int surplus = Math.floorMod(exponent, 3);
    BigInteger mantissa = stripped.unscaledValue().multiply(BigInteger.TEN.pow(surplus));
    boolean si = format != Format.DECIMAL_EXPONENT;
    return mantissa + QuantitySuffix.decimal(exponent - surplus, si);
  }

  private static String binary(BigInteger value) {
    BigInteger mantissa = value;
    int exponent = 0;
    while (exponent < 60) {
      BigInteger[] parts = mantissa.divideAndRemainder(BIG_KIBI);
      if (parts[1].signum() != 0) {
        break;
      }
      mantissa = parts[0];
      exponent += 10;
    }
    return mantissa + QuantitySuffix.binary(exponent);
  }
}
