package io.tiphys.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0m, 0",
    "-0, 0",
    "00.000, 0",
    "1, 1",
    "01, 01",
    "100m, 100m",
    "0.5, 500m",
    ".5, 500m",
    "0.1, 100m",
    "1.5, 1500m",
    "1., 1.",
    "2.0, 2",
    "1000m, 1",
    "1000, 1k",
    "1500, 1500",
    "1000000, 1M",
    "1k, 1k",
    "0.5k, 500",
    "12e6, 12e6",
    "1e3, 1e3",
    "1000e3, 1e6",
    "1E3, 1E3",
    "1e4, 10e3",
    "1E, 1E",
    "1000E, 1e21",
    "1024Ki, 1Mi",
    "1025Ki, 1025Ki",
    "1024Mi, 1Gi",
    "1536Mi, 1536Mi",
    "1.5Gi, 1536Mi",
    "0.5Mi, 512Ki",
    "0.1Ki, 102400m",
    "1Ki, 1Ki",
    "512Ki, 512Ki",
    "1023Ki, 1023Ki",
    "128974848, 128974848",
    "129e6, 129e6",
    "129M, 129M",
    "128974848000m, 128974848",
    "123Mi, 123Mi",
    "-1.5Gi, -1536Mi",
    "-100m, -100m",
    "1n, 1n",
    "0.1n, 1n",
    "-0.1n, -1n",
    "1e-3, 1e-3",
    "1e-10, 1e-9",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775808",
    "8Ei, 9223372036854775807",
    "1234567890123456789012, 1234567890123456789012",
  })
  void isWrittenInCanonicalForm(String text, String canonical) {
    assertThat(Quantity.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "1.1.M",
        "1+1.0M",
        "0.1mi",
        "0.1am",
        "aoeu",
        ".5i",
        "1i",
        "-3.01i",
        "1e",
        "1ee3",
        "1 Mi",
        "1Mi ",
        "--1",
        "1e9999999",
        "1e99999999999999999999",
        "1KiB",
        "١"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(ValueFormatException.class)
        .message()
        .matches(
            "quantities must match the regular expression.*|unable to parse quantity's suffix");
  }

  @ParameterizedTest
  @CsvSource({
    "100m, 1, 100",
    "1001m, 2, 1001",
    "-1001m, -2, -1001",
    "1, 1, 1000",
    "1Ki, 1024, 1024000",
    "1u, 1, 1",
    "100E, 9223372036854775807, 9223372036854775807",
    "-100E, -9223372036854775808, -9223372036854775808",
  })
  void roundsAwayFromZero(String text, long value, long milliValue) {
    Quantity quantity = Quantity.parse(text);
    assertThat(quantity.value()).isEqualTo(value);
    assertThat(quantity.milliValue()).isEqualTo(milliValue);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000m, 0",
    "1Ki, 1k, 1",
    "1, 1Mi, -1",
    "-1, 1, -1",
    "1e3, 1k, 0",
    "1e1000, 1, 1",
  })
  void comparesAmounts(String left, String right, int order) {
    assertThat(Quantity.parse(left).compareTo(Quantity.parse(right))).isEqualTo(order);
    assertThat(Quantity.parse(left).equals(Quantity.parse(right))).isEqualTo(order == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1Gi, 1Mi, 1025Mi, 1023Mi",
    "0, 1Mi, 1Mi, -1Mi",
    "100m, 0.9, 1, -800m",
    "1, 1Ki, 1025, -1023",
    "512Mi, 512Mi, 1Gi, 0",
  })
  void addsAndSubtracts(String left, String right, String sum, String difference) {
    Quantity a = Quantity.parse(left);
    Quantity b = Quantity.parse(right);
    assertThat(a.plus(b)).hasToString(sum);
    assertThat(a.minus(b)).hasToString(difference);
  }

  @Test
  void readsNumbersAndStringsOfObjects() {
    assertThat(Quantity.of(Json.parse("2"))).hasToString("2");
    assertThat(Quantity.of(Json.parse("0.25"))).hasToString("250m");
    assertThat(Quantity.of(Json.parse("\" 1Gi \""))).hasToString("1Gi");
    assertThatThrownBy(() -> Quantity.of(Json.parse("true")))
        .isInstanceOf(ValueFormatException.class);
  }

  @Test
  void roundsUpToMilli() {
    assertThat(Quantity.parse("100u").roundUpToMilli()).hasToString("1m");
    assertThat(Quantity.parse("1.0005").roundUpToMilli()).hasToString("1001m");
    assertThat(Quantity.parse("1Gi").roundUpToMilli()).hasToString("1Gi");
  }

  @Test
  void canonicalFormReadsBackAsTheSameAmount() {
    Random random = new Random(1);
    String[] suffixes = {"", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "e2"};
    for (int i = 0; i < 20_000; i++) {
      String text =
          (random.nextBoolean() ? "" : "-")
              + random.nextInt(5_000)
              + (random.nextBoolean() ? "" : "." + random.nextInt(1_000))
              + suffixes[random.nextInt(suffixes.length)];
      Quantity quantity = Quantity.parse(text);
      Quantity again = Quantity.parse(quantity.toString());
      assertThat(again).as(text).isEqualTo(quantity);
      assertThat(again).as(text).hasToString(quantity.toString());
    }
  }

  @Test
  void anyTextIsReadOrRefused() {
    Random random = new Random(2);
    String alphabet = "0123456789.+-eEinumkKMGTP x";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Quantity quantity = Quantity.parse(text.toString());
        assertThat(Quantity.parse(quantity.toString())).isEqualTo(quantity);
      } catch (ValueFormatException e) {
        assertThat(e).hasMessageMatching("quantities must.*|unable to parse.*");
      }
    }
  }
}
