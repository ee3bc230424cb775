package io.tiphys.model.quantity;

import io.tiphys.model.quantity.Quantity.Format;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The suffixes of quantities. */
enum QuantitySuffix {
  NANO("n", Format.DECIMAL_SI, -9),
  MICRO("u", Format.DECIMAL_SI, -6),
  MILLI("m", Format.DECIMAL_SI, -3),
  NONE("", Format.DECIMAL_SI, 0),
  KILO("k", Format.DECIMAL_SI, 3),
  MEGA("M", Format.DECIMAL_SI, 6),
  GIGA("G", Format.DECIMAL_SI, 9),
  TERA("T", Format.DECIMAL_SI, 12),
  PETA("P", Format.DECIMAL_SI, 15),
  EXA("E", Format.DECIMAL_SI, 18),
  KIBI("Ki", Format.BINARY_SI, 10),
  MEBI("Mi", Format.BINARY_SI, 20),
  GIBI("Gi", Format.BINARY_SI, 30),
  TEBI("Ti", Format.BINARY_SI, 40),
  PEBI("Pi", Format.BINARY_SI, 50),
  EXBI("Ei", Format.BINARY_SI, 60);

  private static final QuantitySuffix[] ALL = values();

  private final String text;
  private final Format format;
  private final int exponent;

  QuantitySuffix(String text, Format format, int exponent) {
    this.text = text;
    this.format = format;
    this.exponent = exponent;
  }

  Format format() {
    return format;
  }

  /** The power of 10, or of 2 for binary suffixes. */
  int exponent() {
    return exponent;
  }

  static @Nullable QuantitySuffix of(String text) {
    for (QuantitySuffix suffix : ALL) {
      if (suffix.text.equals(text)) {
        return suffix;
      }
    }
    return null;
  }

  /** The suffix for a power of 10; where no letter stands for it, its exponent. */
  static String decimal(int exponent, boolean si) {
    if (exponent == 0) {
      return "";
    }
    return si ? text(Format.DECIMAL_SI, exponent) : "e" + exponent;
  }

  /** The suffix for a power of 2: a multiple of 10 from 0 to 60. */
  static String binary(int exponent) {
    return exponent == 0 ? "" : text(Format.BINARY_SI, exponent);
  }

  private static String text(Format format, int exponent) {
    return Arrays.stream(ALL)
        .filter(s -> s.format == format && s.exponent == exponent)
        .map(s -> s.text)
        .findAny()
        .orElse("e" + exponent);
  }
}
