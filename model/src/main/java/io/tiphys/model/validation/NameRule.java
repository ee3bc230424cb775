package io.tiphys.model.validation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A regular expression for a name, and what upstream tells users whose name does not match it. */
final class NameRule {
  private final Pattern pattern;
  private final String message;

  NameRule(String text, String regex, String... examples) {
    pattern = Pattern.compile(regex);
    String list =
        List.of(examples).stream().map(e -> "'" + e + "', ").collect(Collectors.joining(" or "));
    message = text + " (e.g. " + list + "regex used for validation is '" + regex + "')";
  }

  /** Long values never match: the expressions nest repetitions, which Java matches recursively. */
  boolean matches(String value) {
    return value.length() <= 1_000 && pattern.matcher(value).matches();
  }

  String message() {
    return message;
  }
}
