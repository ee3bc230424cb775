package io.tiphys.model.yaml;

import java.util.Locale;
import java.util.Map;

/** Collects YAML text and writes strings into it, folding long lines. */
final class ScalarWriter {
  private static final int WIDTH = 80;
  private static final Map<Integer, String> ESCAPES =
      Map.ofEntries(
          Map.entry(0x00, "\\0"),
          Map.entry(0x07, "\\a"),
          Map.entry(0x08, "\\b"),
          Map.entry(0x09, "\\t"),
          Map.entry(0x0a, "\\n"),
          Map.entry(0x0b, "\\v"),
          Map.entry(0x0c, "\\f"),
          Map.entry(0x0d, "\\r"),
          Map.entry(0x1b, "\\e"),
          Map.entry(0x22, "\\\""),
          Map.entry(0x5c, "\\\\"),
          Map.entry(0x85, "\\N"),
          Map.entry(0xa0, "\\_"),
          Map.entry(0x2028, "\\L"),
          Map.entry(0x2029, "\\P"));

  private final StringBuilder text = new StringBuilder();
  private int column;

  String text() {
    return text.toString();
  }

  void raw(String ascii) {
    text.append(ascii);
    column += ascii.length();
  }

  private void put(int codePoint) {
    text.appendCodePoint(codePoint);
    column++;
  }

  void newLine() {
    if (column > 0) {
      text.append('\n');
      column = 0;
    }
  }

  void indent(int indent) {
    raw(" ".repeat(indent));
  }

  /** A key on one line. */
  void key(String value) {
    write(value, ScalarStyle.of(value, true), Integer.MAX_VALUE, 0);
  }

  /** A string whose further lines are indented. */
  void string(String value, int indent) {
    write(value, ScalarStyle.of(value, false), WIDTH, indent);
  }

  private void write(String value, ScalarStyle style, int width, int indent) {
    switch (style) {
      case PLAIN -> folded(value, width, indent);
      case SINGLE_QUOTED -> {
        put('\'');
        folded(value.replace("'", "''"), width, indent);
        put('\'');
      }
      case DOUBLE_QUOTED -> doubleQuoted(value, width, indent);
      case LITERAL -> literal(value, indent);
    }
  }

  /** Breaks lines at single spaces. */
  private void folded(String value, int width, int indent) {
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      boolean foldable =
          c == ' '
              && column > width
              && i > 0
              && i < value.length() - 1
              && value.charAt(i - 1) != ' '
              && value.charAt(i + 1) != ' ';
      if (foldable) {
        newLine();
        indent(indent);
      } else {
        put(c);
      }
      i += Character.charCount(c);
    }
  }

  private void doubleQuoted(String value, int width, int indent) {
    put('"');
    boolean afterSpace = false;
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      if (c == ' ' && !afterSpace && column > width && i > 0 && i < value.length() - 1) {
        newLine();
        indent(indent);
        if (value.charAt(i + 1) == ' ') {
          put('\\');
        }
      } else if (c != '"' && c != '\\' && c != '\n' && ScalarStyle.isPrintable(c)) {
        put(c);
      } else {
        raw(escape(c));
      }
      afterSpace = c == ' ';
      i += Character.charCount(c);
    }
    put('"');
  }

  private static String escape(int c) {
    String known = ESCAPES.get(c);
    if (known != null) {
      return known;
    }
    String form = c < 0x100 ? "\\x%02X" : c < 0x10000 ? "\\u%04X" : "\\U%08X";
    return String.format(Locale.ROOT, form, c);
  }

  /** A block of lines as they are. */
  private void literal(String value, int indent) {
    raw("|");
    if (value.startsWith(" ") || value.startsWith("\n")) {
      raw("2");
    }
    if (!value.endsWith("\n")) {
      raw("-");
    } else if (value.length() == 1 || value.endsWith("\n\n")) {
      raw("+");
    }
    newLine();
    String[] lines = value.split("\n", -1);
    int count = value.endsWith("\n") ? lines.length - 1 : lines.length;
    for (int i = 0; i < count; i++) {
      if (!lines[i].isEmpty()) {
        indent(indent);
        text.append(lines[i]);
      }
      text.append('\n');
    }
    column = 0;
  }
}
