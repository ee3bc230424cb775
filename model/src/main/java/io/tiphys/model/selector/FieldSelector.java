package io.tiphys.model.selector;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A choice of objects by their fields: every term must hold. Written {@code
 * status.phase=Running,spec.nodeName!=n1}; in values, {@code \} escapes {@code ,}, {@code =} and
 * itself. Which fields a resource can be selected by is for the resource to say.
 */
public final class FieldSelector {
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  private final List<FieldTerm> terms;
  private final List<String[]> paths;

  private FieldSelector(List<FieldTerm> terms) {
    this.terms = terms;
    this.paths = terms.stream().map(t -> path(t.field())).toList();
  }

  private static String[] path(String field) {
    String[] path = field.split("\\.", -1);
    for (int i = 0; i < path.length; i++) {
      path[i] = path[i].intern();
    }
    return path;
  }

  public static FieldSelector of(List<FieldTerm> terms) {
    return terms.isEmpty() ? EVERYTHING : new FieldSelector(List.copyOf(terms));
  }

  /** Selects the objects whose field has a value. */
  public static FieldSelector of(String field, String value) {
    return of(List.of(new FieldTerm(field, true, value)));
  }

  /**
   * Reads a selector string; the empty string selects everything.
   *
   * @throws SelectorException if the string is no selector
   */
  public static FieldSelector parse(String text) {
    List<FieldTerm> terms = new ArrayList<>();
    for (String part : split(text).stream().sorted().toList()) {
      if (!part.isEmpty()) {
        terms.add(term(text, part));
      }
    }
    return of(terms);
  }

  /** At the commas that are not escaped. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' && !escaped) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
      escaped = c == '\\' && !escaped;
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static FieldTerm term(String selector, String part) {
    int at = part.indexOf('=');
    if (at < 0) {
      throw new SelectorException(
          "invalid selector: '" + selector + "'; can't understand '" + part + "'");
    }
    boolean not = at > 0 && part.charAt(at - 1) == '!';
    int valueAt = !not && part.startsWith("==", at) ? at + 2 : at + 1;
    String value = unescape(part.substring(valueAt));
    return new FieldTerm(part.substring(0, not ? at - 1 : at), !not, value);
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0 && text.indexOf('=') < 0 && text.indexOf(',') < 0) {
      return text;
    }
    StringBuilder value = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' || c == ',') {
        throw new SelectorException(
            "invalid field selector: unescaped character in value: " + (int) c);
      }
      if (c == '\\') {
        i++;
        String escaped = text.substring(i, Math.min(i + 1, text.length()));
        if (escaped.isEmpty() || "\\,=".indexOf(escaped) < 0) {
          throw new SelectorException(
              "invalid field selector: invalid escape sequence: \\" + escaped);
        }
        c = escaped.charAt(0);
      }
      value.append(c);
    }
    return value.toString();
  }

  /** Whether an object has the fields, each found by its path. */
  public boolean matches(JsonObject object) {
    for (int i = 0; i < terms.size(); i++) {
      if (!terms.get(i).matches(text(object.at(paths.get(i))))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the values that a function gives for the field labels match. */
  public boolean matches(UnaryOperator<String> valueOf) {
    return terms.stream().allMatch(t -> t.matches(valueOf.apply(t.field())));
  }

  /** A field's value as selectors see it: {@code ""} where it is absent or no scalar. */
  public static String text(@Nullable Json value) {
    return switch (value) {
      case JsonString s -> s.value();
      case JsonNumber n -> n.toString();
      case JsonBool b -> b.toString();
      case null, default -> "";
    };
  }

  public boolean isEverything() {
    return terms.isEmpty();
  }

  /** In the order of the canonical string. */
  public List<FieldTerm> terms() {
    return terms;
  }

  /** The value that a field must have, if there is just one. For indexes. */
  public Optional<String> requiredValue(String field) {
    return terms.stream()
        .filter(t -> t.equal() && t.field().equals(field))
        .map(FieldTerm::value)
        .findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSelector s && terms.equals(s.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  /** The canonical string. */
  @Override
  public String toString() {
    return terms.stream().map(FieldTerm::toString).collect(Collectors.joining(","));
  }
}
