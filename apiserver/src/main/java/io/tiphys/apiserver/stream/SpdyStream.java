package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A stream of a SPDY connection: bytes both ways, each of which can end by itself. */
final class SpdyStream {
  /** Bytes that may wait to be read; more stop the whole connection's reading. */
  private static final int ROOM = 1024 * 1024;

  private final SpdyConnection connection;
  private final int id;
  private final Headers headers;
  private final AtomicInteger endedDirections = new AtomicInteger();
  private final Input input = new Input();
  private final Output output = new Output();

  SpdyStream(SpdyConnection connection, int id, Headers headers) {
    this.connection = connection;
    this.id = id;
    this.headers = headers;
  }

  int id() {
    return id;
  }

  /** What the opener said about the stream, such as its {@code streamtype}. */
  Headers headers() {
    return headers;
  }

  /** Ends when the other side ends its direction; throws if the stream or connection breaks. */
  InputStream input() {
    return input;
  }

  /** Closing it ends this direction. */
  OutputStream output() {
    return output;
  }

  void received(byte[] bytes, boolean last) throws IOException {
    input.offer(bytes, last);
    if (last) {
      directionEnded();
    }
  }

  private void directionEnded() {
    if (endedDirections.incrementAndGet() == 2) {
      connection.forget(this);
    }
  }

  void broken(String why) {
    input.fail(why);
  }

  private static final class Input extends InputStream {
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int offset;
    private int waiting;
    private boolean ended;
    private @Nullable String broken;

    synchronized void offer(byte[] bytes, boolean last) throws IOException {
      while (waiting > ROOM && !ended) {
        await();
      }
      if (bytes.length > 0 && !ended) {
        chunks.add(bytes);
        waiting += bytes.length;
      }
      ended |= last;
      notifyAll();
    }

    synchronized void fail(String why) {
      if (!ended) {
        broken = why;
        ended = true;
        notifyAll();
      }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private void await() throws IOException {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) throws IOException {
      Objects.checkFromIndexSize(from, length, into.length);
      while (chunks.isEmpty()) {
        if (broken != null) {
          throw new IOException(broken);
        }
        if (ended) {
          return -1;
        }
        await();
      }
      byte[] chunk = chunks.element();
      int count = Math.min(length, chunk.length - offset);
      System.arraycopy(chunk, offset, into, from, count);
      offset += count;
      waiting -= count;
      if (offset == chunk.length) {
        chunks.remove();
        offset = 0;
      }
      notifyAll();
      return count;
    }
  }

  private final class Output extends OutputStream {
    private boolean closed;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
      Objects.checkFromIndexSize(from, length, bytes.length);
      if (closed) {
        throw new IOException("the stream is closed");
      }
      connection.sendData(id, Arrays.copyOfRange(bytes, from, from + length), false);
    }

    @Override
    public synchronized void close() throws IOException {
      if (!closed) {
        closed = true;
        connection.sendData(id, new byte[0], true);
        directionEnded();
      }
    }
  }
}
