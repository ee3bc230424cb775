package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.tiphys.model.status.ApiException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A request's body while it is gathered. */
final class BodyBuffer {
  static final byte[] EMPTY = {};

  private final int limit;
  private final BodyBudget budget;
  private byte[] bytes = EMPTY;
  private int size;

  BodyBuffer(int limit, BodyBudget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /**
   * Appends what the buffer holds; it is still the caller's.
   *
   * @return why the request is refused, after which this buffer holds nothing; null if it is not
   */
  @Nullable ApiException add(ByteBuf more) {
    int length = more.readableBytes();
    if (length > limit - size) {
      release();
      return Refusals.tooLarge(limit);
    }
    if (size + length > bytes.length) {
      int twice = (int) Math.min(limit, 2L * size);
      int needed = Math.max(size + length, twice);
      if (!budget.take(needed - bytes.length)) {
        release();
        return Refusals.noRoom();
      }
      bytes = Arrays.copyOf(bytes, needed);
    }
    more.getBytes(more.readerIndex(), bytes, size, length);
    size += length;
    return null;
  }

  /** The whole body, which counts no more from now on. */
  byte[] toArray() {
    byte[] all = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    release();
    return all;
  }

  /** Gives back what was taken. */
  void release() {
    budget.give(bytes.length);
    bytes = EMPTY;
    size = 0;
  }
}
