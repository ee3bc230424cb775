package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules on how long strings and lists may be, and what lists of strings may hold. */
public final class Limits {
  private Limits() {}

  /** A string of at most so many bytes of UTF-8. */
  public static boolean bytes(Scope scope, String field, int max) {
    boolean fine = Texts.bytes(scope.string(field)) <= max;
    if (!fine) {
      scope.errors().add(FieldError.tooLong(scope.at(field), max));
    }
    return fine;
  }

  /** A list of at most so many items. */
  public static boolean items(Scope scope, String list, int max) {
    int size = scope.value().array(list).size();
    if (size > max) {
      scope.errors().add(FieldError.tooMany(scope.at(list), size, max));
    }
    return size <= max;
  }

  /** No string of a list occurs twice. */
  public static void distinct(Scope scope, String list) {
    Set<String> seen = new HashSet<>();
    for (Scope.Item item : scope.strings(list)) {
      if (!seen.add(item.value())) {
        scope.errors().duplicate(item.path(), JsonString.of(item.value()));
      }
    }
  }

  /** The strings of a list are out of a set. */
  public static void eachOneOf(Scope scope, String list, Collection<String> supported) {
    for (Scope.Item item : scope.strings(list)) {
      if (!supported.contains(item.value())) {
        scope.errors().notSupported(item.path(), JsonString.of(item.value()), supported);
      }
    }
  }

  /**
   * A string out of a list, which errors name in the order given. Other than {@link Scope#oneOf},
   * an absent string counts as the empty one, and that is a value like others.
   */
  public static boolean supported(Scope scope, String field, List<String> values) {
    String text = scope.string(field);
    boolean fine = values.contains(text);
    if (!fine) {
      scope.errors().notSupported(scope.at(field), JsonString.of(text), values);
    }
    return fine;
  }
}
