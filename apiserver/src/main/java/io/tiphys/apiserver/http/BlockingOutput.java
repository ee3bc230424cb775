package io.tiphys.apiserver.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** A response stream whose writer waits while there is no room. */
final class BlockingOutput extends OutputStream {
  private final StreamOutput stream;

  BlockingOutput(StreamOutput stream) {
    this.stream = stream;
    stream.onWritable(this::wake);
  }

  private synchronized void wake() {
    notifyAll();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (stream.isOver()) {
      throw new IOException("the other side has closed the connection");
    }
    if (!stream.write(Arrays.copyOfRange(bytes, from, from + length))) {
      awaitRoom();
    }
  }

  private synchronized void awaitRoom() throws IOException {
    while (stream.isFull()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
      }
    }
  }

  @Override
  public void close() {
    stream.end();
  }
}
