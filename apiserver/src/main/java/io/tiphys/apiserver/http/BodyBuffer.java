package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A request's body while it is gathered. */
final class BodyBuffer {
  static final byte[] EMPTY = {};

  private final int limit;
  private byte[] bytes = EMPTY;
  private int size;

  BodyBuffer(int limit) {
    this.limit = limit;
  }

  /**
   * Appends what the buffer holds; it is still the caller's.
   *
   * @return false if the body has become longer than allowed
   */
  boolean add(ByteBuf more) {
    int length = more.readableBytes();
    if (length > limit - size) {
      return false;
    }
    if (size + length > bytes.length) {
      int twice = (int) Math.min(limit, 2L * size);
      bytes = Arrays.copyOf(bytes, Math.max(size + length, twice));
    }
    more.getBytes(more.readerIndex(), bytes, size, length);
    size += length;
    return true;
  }

  byte[] toArray() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
