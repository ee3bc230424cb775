package io.tiphys.model.json;

/**
 * A JSON number: an int64 where the text is integral and fits, else a double, as the Kubernetes API
 * defines numbers. {@code 1} and {@code 1.0} are different trees, since an integer field accepts
 * only the first.
 */
public final class JsonNumber implements Json {
  private static final JsonNumber[] SMALL = new JsonNumber[1024];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new JsonNumber(i, i, true);
    }
  }

  private final long longValue;
  private final double doubleValue;
  private final boolean integral;

  private JsonNumber(long longValue, double doubleValue, boolean integral) {
    this.longValue = longValue;
    this.doubleValue = doubleValue;
    this.integral = integral;
  }

  public static JsonNumber of(long value) {
    return value >= 0 && value < SMALL.length
        ? SMALL[(int) value]
        : new JsonNumber(value, value, true);
  }

  /**
   * A number that is no integer, even if its fraction is zero.
   *
   * @throws IllegalArgumentException for NaN and infinities, which JSON cannot hold
   */
  public static JsonNumber of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " is no JSON number");
    }
    return new JsonNumber((long) value, value, false);
  }

  /** Whether this is an int64. */
  public boolean isIntegral() {
    return integral;
  }

  /** The value; a double is truncated towards zero. */
  public long longValue() {
    return longValue;
  }

  public double doubleValue() {
    return doubleValue;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonNumber n
        && integral == n.integral
        && (integral ? longValue == n.longValue : Double.compare(doubleValue, n.doubleValue) == 0);
  }

  @Override
  public int hashCode() {
    return integral ? Long.hashCode(longValue) : Double.hashCode(doubleValue);
  }

  @Override
  public String toString() {
    if (integral) {
      return Long.toString(longValue);
    }
    return doubleValue == longValue && Math.abs(doubleValue) < 1e15
        ? Long.toString(longValue) + ".0"
        : Double.toString(doubleValue);
  }
}
