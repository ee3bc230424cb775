package io.tiphys.cli;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Go's durations, as Kubernetes flags take them: {@code 1h30m}, {@code 45s}, {@code 500ms}. */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    try {
      return value.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)))
          : Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    } catch (RuntimeException e) {
      throw new TypeConversionException(
          "\"" + value + "\" is no duration; write it like 1h30m, 45s or 500ms");
    }
  }
}
