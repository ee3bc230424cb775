package io.tiphys.model.yaml;

import java.math.BigDecimal;

/**
 * Floating-point numbers as Go's {@code %g} prints them: shortest, with an exponent from a million
 * on.
 */
final class YamlNumber {
  private YamlNumber() {}

  static String text(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (exact.signum() == 0) {
      return "0";
    }
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    String sign = exact.signum() < 0 ? "-" : "";
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    int size = Math.abs(exponent);
    return sign
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (size < 10 ? "0" : "")
        + size;
  }
}
