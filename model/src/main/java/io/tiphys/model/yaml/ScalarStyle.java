package io.tiphys.model.yaml;

/** How a string can be written in YAML. */
enum ScalarStyle {
  PLAIN,
  SINGLE_QUOTED,
  DOUBLE_QUOTED,
  LITERAL;

  /** The style that upstream's library chooses for a string. */
  static ScalarStyle of(String text, boolean key) {
    if (text.isEmpty() || hasSpecial(text)) {
      return DOUBLE_QUOTED;
    }
    if (text.indexOf('\n') >= 0) {
      return key || text.endsWith(" ") || text.contains(" \n") ? DOUBLE_QUOTED : LITERAL;
    }
    if (PlainScalar.isAmbiguous(text)) {
      return DOUBLE_QUOTED;
    }
    return text.startsWith(" ") || text.endsWith(" ") || hasIndicator(text) ? SINGLE_QUOTED : PLAIN;
  }

  /** Whether there are characters that only double quotes can express. */
  private static boolean hasSpecial(String text) {
    return !text.codePoints().allMatch(ScalarStyle::isPrintable);
  }

  static boolean isPrintable(int c) {
    return c == '\n'
        || (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
        || c >= 0x10000;
  }

  /** Whether the text could be taken for YAML syntax. */
  private static boolean hasIndicator(String text) {
    if (text.startsWith("---") || text.startsWith("...")) {
      return true;
    }
    char first = text.charAt(0);
    if ("#,[]{}&*!|>'\"%@`".indexOf(first) >= 0) {
      return true;
    }
    if ("?:-".indexOf(first) >= 0 && (text.length() == 1 || text.charAt(1) == ' ')) {
      return true;
    }
    return text.contains(": ") || text.contains(" #") || text.endsWith(":");
  }
}
