package io.tiphys.apiserver.http;

import io.netty.util.AsciiString;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the {@code Date} header, made once a second (RFC 9110 §5.6.7). */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private record Second(long second, AsciiString text) {}

  private final InstantSource clock;
  private volatile Second last = new Second(Long.MIN_VALUE, AsciiString.EMPTY_STRING);

  HttpDate(InstantSource clock) {
    this.clock = clock;
  }

  AsciiString now() {
    long second = Math.floorDiv(clock.millis(), 1000L);
    Second current = last;
    if (current.second != second) {
      current = new Second(second, AsciiString.of(FORMAT.format(clock.instant())));
      last = current;
    }
    return current.text;
  }
}
