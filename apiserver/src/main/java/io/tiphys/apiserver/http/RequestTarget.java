package io.tiphys.apiserver.http;

import org.jspecify.annotations.Nullable;

/** The target of a request, taken apart (RFC 9112 §3.2). */
record RequestTarget(String path, String query) {
  /** The parts of an origin-form or absolute-form target, null if it is neither or malformed. */
  static @Nullable RequestTarget parse(@Nullable String target) {
    if (target == null) {
      return null;
    }
    int start = 0;
    if (!target.startsWith("/")) {
      int authority = target.indexOf("://");
      if (authority <= 0) {
        return null;
      }
      start = target.indexOf('/', authority + 3);
      if (start < 0) {
        return null;
      }
    }
    for (int i = start; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return null;
      }
    }
    int question = target.indexOf('?', start);
    if (hasBrokenEscape(target, start, question < 0 ? target.length() : question)) {
      return null;
    }
    return question < 0
        ? new RequestTarget(target.substring(start), "")
        : new RequestTarget(target.substring(start, question), target.substring(question + 1));
  }

  private static boolean hasBrokenEscape(String target, int from, int to) {
    for (int i = target.indexOf('%', from); i >= 0 && i < to; i = target.indexOf('%', i + 1)) {
      if (i + 2 >= to
          || Character.digit(target.charAt(i + 1), 16) < 0
          || Character.digit(target.charAt(i + 2), 16) < 0) {
        return true;
      }
    }
    return false;
  }
}
