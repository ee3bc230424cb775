package io.tiphys.apiserver.http;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A short immutable list of HTTP header fields, names in small letters. */
public final class Headers {
  public static final Headers EMPTY = new Headers(new String[0]);

  private final String[] fields;
  private AsciiString @Nullable [] ascii;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  /**
   * Fields from names, in small letters, and values, by turns.
   *
   * @throws IllegalArgumentException if a name or value holds what HTTP does not allow in one
   */
  public static Headers of(String... namesAndValues) {
    String[] fields = namesAndValues.clone();
    if (fields.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    for (int i = 0; i < fields.length; i += 2) {
      checkName(fields[i]);
      checkValue(fields[i + 1]);
    }
    return new Headers(fields);
  }

  /** Fields that a parser has checked already. */
  static Headers checked(String[] fields) {
    return new Headers(fields);
  }

  /** These fields and one more; a field of the same name stays. */
  public Headers with(String name, String value) {
    checkName(name);
    checkValue(value);
    String[] more = Arrays.copyOf(fields, fields.length + 2);
    more[fields.length] = name;
    more[fields.length + 1] = value;
    return new Headers(more);
  }

  /** These fields without those of this name. */
  public Headers without(String name) {
    List<String> rest = new ArrayList<>(fields.length);
    for (int i = 0; i < fields.length; i += 2) {
      if (!fields[i].equals(name)) {
        rest.add(fields[i]);
        rest.add(fields[i + 1]);
      }
    }
    return rest.size() == fields.length ? this : new Headers(rest.toArray(String[]::new));
  }

  /** The first value of this name. */
  public @Nullable String first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  /** All values of this name, in their order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals(name)) {
        values.add(fields[i + 1]);
      }
    }
    return values;
  }

  /** How many fields there are. */
  public int size() {
    return fields.length / 2;
  }

  public String name(int index) {
    return fields[2 * index];
  }

  public String value(int index) {
    return fields[2 * index + 1];
  }

  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < fields.length; i += 2) {
      action.accept(fields[i], fields[i + 1]);
    }
  }

  /** The fields as Netty encodes them, made once. */
  AsciiString[] ascii() {
    AsciiString[] made = ascii;
    if (made == null) {
      made = new AsciiString[fields.length];
      for (int i = 0; i < fields.length; i++) {
        made[i] = AsciiString.of(fields[i]);
      }
      ascii = made;
    }
    return made;
  }

  /** Token characters of RFC 9110 §5.6.2, small letters only. */
  private static void checkName(String name) {
    boolean valid = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      valid &=
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
    if (!valid) {
      throw new IllegalArgumentException("not a header's name in small letters: \"" + name + "\"");
    }
  }

  /** Anything but the characters that could end the field early (RFC 9110 §5.5). */
  private static void checkValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        throw new IllegalArgumentException("a header's value holds the character " + (int) c);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && Arrays.equals(fields, that.fields);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fields);
  }

  @Override
  public String toString() {
    return Arrays.toString(fields);
  }
}
