package io.tiphys.apiserver.request;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes the query and the path of a URL. */
public final class Query {
  private Query() {}

  /**
   * The parameters by name, in their order. Escapes that make no sense are left out together with
   * their parameter, as upstream does.
   */
  public static Map<String, List<String>> parse(String query) {
    if (query.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int from = 0;
    while (from <= query.length()) {
      int and = query.indexOf('&', from);
      int to = and < 0 ? query.length() : and;
      if (to > from) {
        add(parameters, query.substring(from, to));
      }
      from = to + 1;
    }
    return parameters;
  }

  private static void add(Map<String, List<String>> parameters, String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
    if (name != null && value != null && pair.indexOf(';') < 0) {
      parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
    }
  }

  /** A parameter's first value; "" if absent. */
  public static String first(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null ? "" : values.getFirst();
  }

  /**
   * A boolean as upstream converts one: absent, {@code false} and {@code 0} are false, anything
   * else, even nothing at all ({@code ?watch}), is true.
   */
  public static boolean flag(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    if (values == null) {
      return false;
    }
    String value = values.getFirst();
    return !value.equals("0") && !value.equalsIgnoreCase("false");
  }

  /** A path without percent escapes; one with broken escapes is left as it is. */
  public static String decodePath(String path) {
    String decoded = decode(path, false);
    return decoded == null ? path : decoded;
  }

  private static @Nullable String decode(String text, boolean plus) {
    if (text.indexOf('%') < 0 && (!plus || text.indexOf('+') < 0)) {
      return text;
    }
    byte[] bytes = new byte[text.length() * 3];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes[size++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        bytes[size++] = (byte) (plus && c == '+' ? ' ' : c);
      } else {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          bytes[size++] = b;
        }
      }
    }
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
