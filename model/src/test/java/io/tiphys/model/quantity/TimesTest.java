package io.tiphys.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T09:05:07Z, 2026-01-31T09:05:07Z",
    "2026-01-31T09:05:07.999Z, 2026-01-31T09:05:07Z",
    "2026-01-31T09:05:07+02:00, 2026-01-31T07:05:07Z",
    "2026-01-31T00:05:07-05:30, 2026-01-31T05:35:07Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
  })
  void timesAreWrittenInUtcWithWholeSeconds(String text, String written) {
    assertThat(Timestamps.format(Timestamps.parse(text))).isEqualTo(written);
  }

  @Test
  void microTimesHaveSixDigits() {
    Instant time = Timestamps.parseMicro("2026-01-31T09:05:07.000042Z");
    assertThat(time).isEqualTo(Instant.ofEpochSecond(1_769_850_307L, 42_000));
    assertThat(Timestamps.formatMicro(time)).isEqualTo("2026-01-31T09:05:07.000042Z");
    assertThatThrownBy(() -> Timestamps.parseMicro("2026-01-31T09:05:07Z"))
        .hasMessage(
            "parsing time \"2026-01-31T09:05:07Z\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot"
                + " parse \"Z\" as \".000000\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tomorrow | parsing time \"tomorrow\" as \"2006-01-02T15:04:05Z07:00\": cannot parse"
            + " \"tomorrow\" as \"2006\"",
        "2026-13-01T00:00:00Z | parsing time \"2026-13-01T00:00:00Z\": month out of range",
        "2026-02-30T00:00:00Z | parsing time \"2026-02-30T00:00:00Z\": day out of range",
        "2026-02-03 | parsing time \"2026-02-03\" as \"2006-01-02T15:04:05Z07:00\": cannot parse"
            + " \"\" as \"T\"",
        "2026-02-03T00:00:00Zx | parsing time \"2026-02-03T00:00:00Zx\": extra text: \"x\"",
        "2026-02-03T25:00:00Z | parsing time \"2026-02-03T25:00:00Z\": hour out of range",
      })
  void otherTextsAreRefusedInGosWords(String text, String message) {
    assertThatThrownBy(() -> Timestamps.parse(text))
        .isInstanceOf(ValueFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "1h, 1h0m0s",
    "90m, 1h30m0s",
    "1h15m30.918s, 1h15m30.918s",
    "300ms, 300ms",
    "1.5s, 1.5s",
    "-2m, -2m0s",
    "0, 0s",
    "1us, 1µs",
    "1ns, 1ns",
    "1500us, 1.5ms",
    ".5h, 30m0s",
  })
  void durationsAreWrittenAsGoDoes(String text, String written) {
    Duration duration = GoDuration.parse(text);
    assertThat(GoDuration.format(duration)).isEqualTo(written);
    assertThat(GoDuration.parse(written)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "h", "1x", "1h2", ".", "1..5s", "--1s", "999999999h", "1 h"})
  void otherDurationsAreRefused(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text))
        .isInstanceOf(ValueFormatException.class)
        .hasMessageStartingWith("time: ");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"25%\"', 10, true, 3",
    "'\"25%\"', 10, false, 2",
    "'\"100%\"', 7, false, 7",
    "'\"0%\"', 7, true, 0",
    "3, 10, true, 3",
  })
  void percentagesAreRounded(String json, int total, boolean up, int expected) {
    assertThat(IntOrPercent.of(Json.parse(json)).of(total, up)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "\"%\"", "\"x%\"", "1.5", "true"})
  void otherValuesAreNoPercentages(String json) {
    assertThatThrownBy(() -> IntOrPercent.of(Json.parse(json)))
        .isInstanceOf(ValueFormatException.class)
        .hasMessageStartingWith("invalid value for IntOrString: ");
  }
}
