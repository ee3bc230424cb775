package io.tiphys.model.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes trees to compact JSON in UTF-8. Keys come in sorted order, so equal trees encode alike.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private byte[] buffer = new byte[1024];
  private int size;

  private JsonWriter() {}

  public static byte[] write(Json value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return Arrays.copyOf(writer.buffer, writer.size);
  }

  /**
   * An encoding with the place of a member that the tree lacks.
   *
   * @param gap where {@code "key":value,} can be put in; negative if no later member follows
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Gapped(byte[] bytes, int gap) {}

  /** Encodes an object and finds the place of {@code outer.inner}, which it lacks. */
  public static Gapped writeWithGap(JsonObject value, String outer, String inner) {
    JsonWriter writer = new JsonWriter();
    int gap = -1;
    writer.put('{');
    for (int i = 0; i < value.size(); i++) {
      writer.key(value, i);
      if (value.key(i).equals(outer) && value.value(i) instanceof JsonObject object) {
        gap = writer.objectWithGap(object, inner);
      } else {
        writer.value(value.value(i));
      }
    }
    writer.put('}');
    return new Gapped(Arrays.copyOf(writer.buffer, writer.size), gap);
  }

  private int objectWithGap(JsonObject object, String missing) {
    int gap = -1;
    put('{');
    for (int i = 0; i < object.size(); i++) {
      if (gap < 0 && object.key(i).compareTo(missing) > 0) {
        gap = i == 0 ? size : size + 1;
      }
      key(object, i);
      value(object.value(i));
    }
    put('}');
    return gap;
  }

  /** The compact encoding as a string. */
  public static String toText(Json value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return new String(writer.buffer, 0, writer.size, StandardCharsets.UTF_8);
  }

  private void value(Json value) {
    switch (value) {
      case JsonObject o -> object(o);
      case JsonArray a -> array(a);
      case JsonString s -> string(s.value());
      case JsonNumber n -> ascii(n.toString());
      case JsonBool b -> bytes(b.value() ? TRUE : FALSE);
      case JsonNull _ -> bytes(NULL);
    }
  }

  private void object(JsonObject object) {
    put('{');
    for (int i = 0; i < object.size(); i++) {
      key(object, i);
      value(object.value(i));
    }
    put('}');
  }

  private void key(JsonObject object, int index) {
    if (index > 0) {
      put(',');
    }
    string(object.key(index));
    put(':');
  }

  private void array(JsonArray array) {
    put('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        put(',');
      }
      value(array.get(i));
    }
    put(']');
  }

  private void string(String text) {
    reserve(text.length() + 2);
    buffer[size++] = '"';
    int i = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
        break;
      }
      buffer[size++] = (byte) c;
    }
    if (i < text.length()) {
      escaped(text, i);
    }
    put('"');
  }

  private void escaped(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      reserve(6);
      switch (c) {
        case '"' -> escape('"');
        case '\\' -> escape('\\');
        case '\n' -> escape('n');
        case '\r' -> escape('r');
        case '\t' -> escape('t');
        default -> {
          if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
            unicode(c);
          } else if (c < 0x80) {
            buffer[size++] = (byte) c;
          } else if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            utf8(Character.toCodePoint(c, text.charAt(++i)));
          } else {
            utf8(Character.isSurrogate(c) ? 0xfffd : c);
          }
        }
      }
    }
  }

  private void escape(char c) {
    buffer[size++] = '\\';
    buffer[size++] = (byte) c;
  }

  private void unicode(char c) {
    escape('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      buffer[size++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void utf8(int code) {
    if (code < 0x800) {
      buffer[size++] = (byte) (0xc0 | (code >> 6));
    } else {
      if (code < 0x10000) {
        buffer[size++] = (byte) (0xe0 | (code >> 12));
      } else {
        buffer[size++] = (byte) (0xf0 | (code >> 18));
        buffer[size++] = (byte) (0x80 | ((code >> 12) & 0x3f));
      }
      buffer[size++] = (byte) (0x80 | ((code >> 6) & 0x3f));
    }
    buffer[size++] = (byte) (0x80 | (code & 0x3f));
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  private void bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void put(char c) {
    reserve(1);
    buffer[size++] = (byte) c;
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
