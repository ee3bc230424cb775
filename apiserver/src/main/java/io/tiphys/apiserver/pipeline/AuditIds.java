package io.tiphys.apiserver.pipeline;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Names for requests, which logs and answers carry; unique, not secret. */
final class AuditIds {
  private AuditIds() {}

  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }
}
