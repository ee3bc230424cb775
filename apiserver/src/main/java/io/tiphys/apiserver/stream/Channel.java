package io.tiphys.apiserver.stream;

import java.util.Locale;

/**
 * The streams of a remote command: the first byte of a WebSocket message of the {@code
 * *.channel.k8s.io} protocols, and the {@code streamtype} of a SPDY stream.
 */
enum Channel {
  STDIN,
  STDOUT,
  STDERR,
  ERROR,
  RESIZE;

  /** Begins a message that ends the channel which it names (v5 only). */
  static final int CLOSE = 255;

  @SuppressWarnings("EnumOrdinal") // the protocol numbers them in this order
  byte number() {
    return (byte) ordinal();
  }

  /** The channel of a number that one of them has. */
  static Channel of(int number) {
    return values()[number];
  }

  String streamType() {
    return name().toLowerCase(Locale.ROOT);
  }
}
