package io.tiphys.model.yaml;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a YAML text without quotes means, by the rules of the library that upstream reads YAML with
 * (YAML 1.1's words for booleans, octal numbers with a leading 0; times are strings).
 */
final class PlainScalar {
  private static final Map<String, Json> WORDS = words();
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-([0-9]{1,2})-([0-9]{1,2})"
              + "([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
              + "| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?)?");
  private static final int MAX_NUMBER_LENGTH = 1_000;

  private PlainScalar() {}

  private static Map<String, Json> words() {
    Map<String, Json> words = new HashMap<>();
    for (String word :
        List.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")) {
      words.put(word, JsonBool.TRUE);
    }
    for (String word :
        List.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")) {
      words.put(word, JsonBool.FALSE);
    }
    for (String word : new String[] {"", "~", "null", "Null", "NULL"}) {
      words.put(word, JsonNull.NULL);
    }
    return Map.copyOf(words);
  }

  /**
   * @throws JsonException for infinities and NaN, which JSON cannot hold
   */
  static Json resolve(String text) {
    Json word = WORDS.get(text);
    if (word != null) {
      return word;
    }
    char first = text.charAt(0);
    if (first == '.' || first == '-' || first == '+' || (first >= '0' && first <= '9')) {
      JsonNumber number = number(text);
      if (number != null) {
        return number;
      }
    }
    return JsonString.of(text);
  }

  /** Whether a string must be quoted to be read back as that string. */
  static boolean isAmbiguous(String text) {
    if (text.isEmpty() || text.equals("<<") || WORDS.containsKey(text)) {
      return true;
    }
    char first = text.charAt(0);
    if (first != '.' && first != '-' && first != '+' && (first < '0' || first > '9')) {
      return false;
    }
    return isInfinite(text) || number(text) != null || isTime(text) || isBase60(text);
  }

  private static boolean isBase60(String text) {
    return text.indexOf(':') > 0 && BASE_60.matcher(text).matches();
  }

  private static boolean isTime(String text) {
    if (text.length() < 8 || text.length() > 64 || text.charAt(4) != '-') {
      return false;
    }
    Matcher matcher = TIME.matcher(text);
    return matcher.matches() && isWithin(matcher.group(1), 12) && isWithin(matcher.group(2), 31);
  }

  private static boolean isWithin(String digits, int max) {
    int value = Integer.parseInt(digits);
    return value >= 1 && value <= max;
  }

  private static boolean isInfinite(String text) {
    return text.matches("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  }

  private static @Nullable JsonNumber number(String text) {
    if (text.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    if (isInfinite(text)) {
      throw new JsonException("json: unsupported value: " + text);
    }
    String plain = text.replace("_", "");
    BigInteger integer = integer(plain);
    if (integer != null) {
      return integer.bitLength() < 64
          ? JsonNumber.of(integer.longValue())
          : real(integer.doubleValue());
    }
    return FLOAT.matcher(plain).matches() ? real(Double.parseDouble(plain)) : null;
  }

  /** As JSON text shows it: without a fraction of zero. */
  static @Nullable JsonNumber real(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    return value == Math.rint(value) && Math.abs(value) < 0x1p63
        ? JsonNumber.of((long) value)
        : JsonNumber.of(value);
  }

  private static @Nullable BigInteger integer(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = signed ? text.substring(1) : text;
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      radix =
          switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
          };
      boolean prefixed = Character.isLetter(digits.charAt(1));
      if (prefixed && radix == 8 && "oO".indexOf(digits.charAt(1)) < 0) {
        return null;
      }
      digits = digits.substring(prefixed ? 2 : 1);
    }
    if (digits.isEmpty()) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) >= 0x80 || Character.digit(digits.charAt(i), radix) < 0) {
        return null;
      }
    }
    BigInteger value = new BigInteger(digits, radix);
    return text.charAt(0) == '-' ? value.negate() : value;
  }
}
