package io.tiphys.apiserver.stream;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A query being written, and how upstream reads one. */
final class Query {
  private final StringBuilder text = new StringBuilder();

  Query add(String name, String value) {
    text.append(text.isEmpty() ? '?' : '&').append(name).append('=');
    text.append(encode(value));
    return this;
  }

  Query addIf(boolean condition, String name, String value) {
    return condition ? add(name, value) : this;
  }

  /** Percent-encoded, good for a query as well as for a segment of a path. */
  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether a parameter is given and not {@code false} or {@code 0}. */
  static boolean isSet(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    if (values == null || values.isEmpty()) {
      return false;
    }
    String value = values.getFirst();
    return !value.equalsIgnoreCase("false") && !value.equals("0");
  }

  /** With its question mark; empty if there is nothing in it. */
  @Override
  public String toString() {
    return text.toString();
  }
}
