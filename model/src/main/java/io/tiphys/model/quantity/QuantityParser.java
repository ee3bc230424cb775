package io.tiphys.model.quantity;

import io.tiphys.model.quantity.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a quantity: sign, digits with a point, suffix.
 *
 * <p>Texts that are canonical already are kept as they are, by upstream's approximate rule (it lets
 * {@code 1.500} pass, for one). Unlike upstream, absurd texts are refused: numbers of over {@value
 * #MAX_DIGITS} digits and exponents beyond {@value #MAX_EXPONENT} would cost seconds to compute
 * with.
 */
final class QuantityParser {
  static final String WRONG_FORMAT =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final String WRONG_SUFFIX = "unable to parse quantity's suffix";
  private static final String WRONG_NUMBER = "unable to parse numeric part of quantity";

  private static final int MAX_DIGITS = 1_000;
  private static final int MAX_EXPONENT = 1_000;
  private static final BigDecimal MAX_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

  private final String text;
  private int pos;

  private QuantityParser(String text) {
    this.text = text;
  }

  static Quantity parse(String text) {
    return text.equals("0") ? Quantity.ZERO : new QuantityParser(text).parse();
  }

  private Quantity parse() {
    if (text.isEmpty()) {
      throw new ValueFormatException(WRONG_FORMAT);
    }
    boolean negative = text.charAt(0) == '-';
    if (negative || text.charAt(0) == '+') {
      pos++;
    }
    while (pos < text.length() && text.charAt(pos) == '0') {
      pos++;
    }
    String whole = digits();
    String fraction = "";
    if (pos < text.length() && text.charAt(pos) == '.') {
      pos++;
      fraction = digits();
    }
    String suffix = suffix();
    if (whole.length() + fraction.length() > MAX_DIGITS) {
      throw new ValueFormatException(WRONG_NUMBER);
    }
    return build(negative, whole.isEmpty() ? "0" : whole, fraction, suffix);
  }

  private String digits() {
    int start = pos;
    while (pos < text.length() && isDigit(text.charAt(pos))) {
      pos++;
    }
    return text.substring(start, pos);
  }

  /** The rest of the text: letters, a sign, digits. */
  private String suffix() {
    int at = pos;
    while (at < text.length() && "eEinumkKMGTP".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    if (at < text.length()) {
      throw new ValueFormatException(WRONG_FORMAT);
    }
    return text.substring(pos);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Quantity build(boolean negative, String whole, String fraction, String suffixText) {
    QuantitySuffix suffix = QuantitySuffix.of(suffixText);
    Format format = suffix == null ? Format.DECIMAL_EXPONENT : suffix.format();
    int exponent = suffix == null ? exponent(suffixText) : suffix.exponent();
    BigInteger digits = new BigInteger(whole + fraction);
    BigDecimal amount = new BigDecimal(digits, fraction.length());
    if (format == Format.BINARY_SI) {
      amount = amount.multiply(new BigDecimal(BigInteger.TWO.pow(exponent)));
      amount = amount.min(MAX_BINARY);
      if (amount.signum() > 0 && amount.compareTo(BigDecimal.ONE) < 0) {
        format = Format.DECIMAL_SI;
      }
    } else {
      amount = amount.scaleByPowerOfTen(exponent);
    }
    boolean canonical = isCanonical(format, exponent, digits, whole + fraction, amount.scale());
    if (amount.scale() > 9) {
      amount = amount.setScale(9, RoundingMode.UP);
    }
    return new Quantity(negative ? amount.negate() : amount, format, canonical ? text : null);
  }

  /** Upstream's rule for keeping the text; it applies to numbers that fit its int64 arithmetic. */
  private static boolean isCanonical(
      Format format, int exponent, BigInteger digits, String shifted, int scale) {
    if (format == Format.BINARY_SI) {
      return scale == 0
          && 15 - shifted.length() - (int) (exponent * 3 / 10f) - 1 >= 0
          && (digits.intValue() & 7) != 0;
    }
    return shifted.length() <= 18
        && scale <= 9
        && scale % 3 == 0
        && !shifted.endsWith("000")
        && shifted.charAt(0) != '0';
  }

  private static int exponent(String suffix) {
    @Nullable Integer exponent = null;
    if (suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')) {
      try {
        exponent = Integer.valueOf(suffix.substring(1));
      } catch (NumberFormatException e) {
        throw new ValueFormatException(WRONG_SUFFIX);
      }
    }
    if (exponent == null || Math.abs((long) exponent) > MAX_EXPONENT) {
      throw new ValueFormatException(WRONG_SUFFIX);
    }
    return exponent;
  }
}
