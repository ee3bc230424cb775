package io.tiphys.apiserver.http;

import io.netty.util.AsciiString;

/** Numbers as Netty's header encoders want them; short ones are made once. */
final class Ascii {
  private static final AsciiString[] SMALL = new AsciiString[1000];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = AsciiString.cached(Integer.toString(i));
    }
  }

  private Ascii() {}

  static AsciiString number(int value) {
    return value >= 0 && value < SMALL.length
        ? SMALL[value]
        : AsciiString.of(Integer.toString(value));
  }
}
