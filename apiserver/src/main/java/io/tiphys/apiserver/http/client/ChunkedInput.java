package io.tiphys.apiserver.http.client;

import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112 §7.1). */
final class ChunkedInput extends InputStream {
  private final HttpConnection connection;
  private long left;
  private boolean first = true;
  private boolean ended;

  ChunkedInput(HttpConnection connection) {
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = connection.input().read(into, from, (int) Math.min(length, left));
    if (count < 0) {
      throw new IOException("unexpected end of the body");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (!first && !connection.readLine().isEmpty()) {
      throw new IOException("malformed chunk");
    }
    first = false;
    String line = connection.readLine();
    int end = line.indexOf(';');
    String size = (end < 0 ? line : line.substring(0, end)).strip();
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("malformed chunk size \"" + size + "\"", e);
    }
    if (left < 0) {
      throw new IOException("malformed chunk size \"" + size + "\"");
    }
    if (left == 0) {
      ended = true;
      connection.readHeaders(); // trailers, which nobody here needs
    }
  }
}
