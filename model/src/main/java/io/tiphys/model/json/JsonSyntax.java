package io.tiphys.model.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Says what is wrong with a text that is no JSON, in the words that clients know from upstream's
 * decoder. Only asked once a text has been refused, so that good ones pay nothing for it.
 */
final class JsonSyntax {
  private static final String END = "unexpected end of JSON input";
  private static final int LAST_CONTROL = 0x1f;

  private final byte[] text;
  private int at;

  private JsonSyntax(byte[] text) {
    this.text = text;
  }

  /** Where the scan stopped. */
  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    Fault(String message) {
      super(message, null, false, false);
    }
  }

  /** The first fault; empty if there is none in the syntax. */
  static Optional<String> fault(byte[] text) {
    try {
      new JsonSyntax(text).document();
      return Optional.empty();
    } catch (Fault e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void document() {
    Deque<Character> open = new ArrayDeque<>();
    boolean value = true;
    while (true) {
      if (value) {
        value = value(open);
        continue;
      }
      if (open.isEmpty()) {
        skipSpace();
        if (at < text.length) {
          throw unexpected("after top-level value");
        }
        return;
      }
      value = afterValue(open);
    }
  }

  /** Reads a value, or enters one; whether another value must follow. */
  private boolean value(Deque<Character> open) {
    skipSpace();
    switch (peek()) {
      case '{', '[' -> {
        return enter(open);
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
    return false;
  }

  private boolean enter(Deque<Character> open) {
    char kind = (char) text[at++];
    open.push(kind);
    if (open.size() > JsonReader.MAX_DEPTH) {
      throw new Fault("exceeded max depth");
    }
    skipSpace();
    if (peek() == (kind == '{' ? '}' : ']')) {
      at++;
      open.pop();
      return false;
    }
    if (kind == '{') {
      key();
    }
    return true;
  }

  private boolean afterValue(Deque<Character> open) {
    skipSpace();
    boolean object = open.peek() == '{';
    int c = peek();
    if (c == ',') {
      at++;
      if (object) {
        skipSpace();
        key();
      }
      return true;
    }
    if (c != (object ? '}' : ']')) {
      throw unexpected(object ? "after object key:value pair" : "after array element");
    }
    at++;
    open.pop();
    return false;
  }

  private void key() {
    if (peek() != '"') {
      throw unexpected("looking for beginning of object key string");
    }
    string();
    skipSpace();
    if (peek() != ':') {
      throw unexpected("after object key");
    }
    at++;
  }

  private void string() {
    at++;
    for (int c = peek(); c != '"'; c = peek()) {
      if (c <= LAST_CONTROL) {
        throw unexpected("in string literal");
      }
      at++;
      if (c == '\\') {
        escape();
      }
    }
    at++;
  }

  private void escape() {
    int c = peek();
    if ("bfnrt\\/\"u".indexOf(c) < 0) {
      throw unexpected("in string escape code");
    }
    at++;
    for (int i = 0; c == 'u' && i < 4; i++) {
      if (Character.digit(peek(), 16) < 0) {
        throw unexpected("in \\u hexadecimal character escape");
      }
      at++;
    }
  }

  private void literal(String word) {
    at++;
    for (int i = 1; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
      at++;
    }
  }

  private void number() {
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    if (!isDigit()) {
      throw unexpected(negative ? "in numeric literal" : "looking for beginning of value");
    }
    if (text[at++] != '0') {
      digits();
    }
    if (at < text.length && text[at] == '.') {
      at++;
      require("after decimal point in numeric literal");
    }
    if (at < text.length && (text[at] | 0x20) == 'e') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      require("in exponent of numeric literal");
    }
  }

  private void require(String where) {
    peek();
    if (!isDigit()) {
      throw unexpected(where);
    }
    digits();
  }

  private void digits() {
    while (isDigit()) {
      at++;
    }
  }

  private boolean isDigit() {
    return at < text.length && text[at] >= '0' && text[at] <= '9';
  }

  private void skipSpace() {
    while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
      at++;
    }
  }

  private int peek() {
    if (at >= text.length) {
      throw new Fault(END);
    }
    return text[at] & 0xff;
  }

  private Fault unexpected(String where) {
    return new Fault("invalid character " + quoted((char) peek()) + " " + where);
  }

  private static String quoted(char c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '\\' -> "'\\\\'";
      case 7 -> "'\\a'";
      case '\b' -> "'\\b'";
      case '\f' -> "'\\f'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      case 11 -> "'\\v'";
      default ->
          c <= LAST_CONTROL || c == 0x7f
              ? "'\\x%02x'".formatted((int) c)
              : (c >= 0x80 && c <= 0xa0) || c == 0xad
                  ? "'\\u%04x'".formatted((int) c)
                  : "'" + c + "'";
    };
  }
}
