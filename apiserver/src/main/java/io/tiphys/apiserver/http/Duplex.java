package io.tiphys.apiserver.http;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection that carries bytes of another protocol both ways, such as SPDY/3.1 or WebSocket
 * frames. Reading and writing block, so it is for virtual threads; either throws an {@link
 * java.io.IOException} once the connection is broken.
 */
public interface Duplex extends Closeable {
  /** What the other side sends; ends when it closes its side. */
  InputStream input();

  /** What is sent to the other side, at once; closing it closes only this direction. */
  OutputStream output();

  /** Closes both directions after what was written has been sent. */
  @Override
  void close();
}
