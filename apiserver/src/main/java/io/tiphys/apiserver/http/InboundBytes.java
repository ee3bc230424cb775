package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from an event loop to a virtual thread, which reads them as a blocking stream.
 * It bounds nothing itself: each read reports how many bytes were taken, and the connection sends
 * no more than it has room for.
 */
final class InboundBytes extends InputStream {
  private final IntConsumer taken;
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int offset;
  private int waiting;
  private boolean ended;
  private @Nullable String broken;

  /** Calls this with the number of bytes that a reader took, on the reader's thread. */
  InboundBytes(IntConsumer taken) {
    this.taken = taken;
  }

  /** Adds a copy of the buffer's bytes. */
  synchronized void offer(ByteBuf more) {
    if (more.isReadable() && !ended) {
      waiting += more.readableBytes();
      chunks.add(ByteBufUtil.getBytes(more));
      notifyAll();
    }
  }

  /** How many bytes have come and have not been read. */
  synchronized int waiting() {
    return waiting;
  }

  /** The other side has ended properly. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The other side has gone in the middle; what it sent before can still be read. */
  synchronized void fail(String why) {
    if (!ended) {
      broken = why;
      end();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, into.length);
    if (length == 0) {
      return 0;
    }
    int count;
    synchronized (this) {
      byte[] chunk = awaitChunk();
      if (chunk == null) {
        return -1;
      }
      count = Math.min(length, chunk.length - offset);
      System.arraycopy(chunk, offset, into, from, count);
      offset += count;
      waiting -= count;
      if (offset == chunk.length) {
        chunks.remove();
        offset = 0;
      }
    }
    taken.accept(count);
    return count;
  }

  private byte @Nullable [] awaitChunk() throws IOException {
    while (chunks.isEmpty()) {
      if (broken != null) {
        throw new IOException(broken);
      }
      if (ended) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
      }
    }
    return chunks.peek();
  }

  @Override
  public synchronized int available() {
    byte[] chunk = chunks.peek();
    return chunk == null ? 0 : chunk.length - offset;
  }
}
