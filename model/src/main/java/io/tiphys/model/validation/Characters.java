package io.tiphys.model.validation;

/** Tests for the commonest names without regular expressions, which cost ten times as much. */
final class Characters {
  private Characters() {}

  static boolean isLowerOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isAlphanumeric(char c) {
    return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
  }

  /** Whether a part of a text is a label of a domain name. */
  static boolean isDnsLabel(String text, int from, int to) {
    if (from >= to || !isLowerOrDigit(text.charAt(from)) || !isLowerOrDigit(text.charAt(to - 1))) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '-' && !isLowerOrDigit(c)) {
        return false;
      }
    }
    return true;
  }

  static boolean isDnsSubdomain(String text) {
    int from = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
      if (!isDnsLabel(text, from, dot)) {
        return false;
      }
      from = dot + 1;
    }
    return isDnsLabel(text, from, text.length());
  }

  /** Whether a text is the part of a qualified name after the slash. */
  static boolean isNamePart(String text) {
    int length = text.length();
    if (length == 0
        || !isAlphanumeric(text.charAt(0))
        || !isAlphanumeric(text.charAt(length - 1))) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c != '-' && c != '_' && c != '.' && !isAlphanumeric(c)) {
        return false;
      }
    }
    return true;
  }
}
