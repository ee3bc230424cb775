package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;

/** Rules on fields such as {@code maxSurge}: a number of pods, or a percentage of them. */
public final class IntOrPercents {
  private IntOrPercents() {}

  /** A number of at least 0, or a percentage. An absent field is fine. */
  public static void nonNegative(Scope scope, String field) {
    switch (scope.value().get(field)) {
      case JsonNumber _ -> scope.nonNegative(field);
      case JsonString s -> scope.format(scope.at(field), s.value(), Names::percent);
      case null, default -> {}
    }
  }

  /** Not a percentage over 100. */
  public static void atMost100Percent(Scope scope, String field) {
    scope.unless(percent(scope, field) > 100, field, "must not be greater than 100%");
  }

  /** Whether the field is 0 or 0 %, or absent. */
  public static boolean isZero(Scope scope, String field) {
    return scope.value().get(field) instanceof JsonNumber n
        ? n.longValue() == 0
        : !scope.has(field) || percent(scope, field) == 0;
  }

  /** The percentage; -1 if the field is none. */
  private static int percent(Scope scope, String field) {
    String text = scope.string(field);
    if (!Names.percent(text).isEmpty()) {
      return -1;
    }
    String digits = text.substring(0, text.length() - 1);
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }
}
