package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.WebSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** The client's end of a tunnel: the bytes in a WebSocket's messages. */
record TunnelEnd(WebSocket socket) implements Duplex {
  @Override
  public InputStream input() {
    return new InputStream() {
      private InputStream message = InputStream.nullInputStream();

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        int count = message.read(into, from, length);
        while (count < 0) {
          Optional<WebSocket.Message> next = socket.receive();
          if (next.isEmpty()) {
            return -1;
          }
          message = new ByteArrayInputStream(next.get().bytes());
          count = message.read(into, from, length);
        }
        return count;
      }
    };
  }

  @Override
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        socket.sendBinary(Arrays.copyOfRange(bytes, from, from + length));
      }
    };
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
