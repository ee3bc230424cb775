package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.ResponseStream;
import io.tiphys.apiserver.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A watch by WebSocket, as some clients open it: each event is a text message. What is written
 * waits here until {@link #run}, on the request's virtual thread, has sent it.
 */
final class WebSocketStream implements ResponseStream {
  private final WebSocket socket;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean ended;
  private boolean full;
  private @Nullable Runnable writable;

  private WebSocketStream(WebSocket socket) {
    this.socket = socket;
  }

  /** Changes the exchange's protocol. */
  static WebSocketStream accept(Exchange exchange) {
    return new WebSocketStream(WebSocket.accept(exchange, List.of("")));
  }

  /** Sends until the watch ends or the client closes the connection. */
  void run() {
    Thread.startVirtualThread(this::awaitClose);
    try (socket) {
      for (byte[] event = next(); event != null; event = next()) {
        socket.sendText(new String(event, StandardCharsets.UTF_8).stripTrailing());
      }
    } catch (IOException e) {
      end(); // the client has gone away: nobody is left to be told
    }
  }

  /** Clients send nothing but their goodbye. */
  private void awaitClose() {
    try {
      while (socket.receive().isPresent()) {
        // whatever it says means nothing to a watch
      }
    } catch (IOException e) {
      // gone without a goodbye
    }
    end();
  }

  private byte @Nullable [] next() {
    Runnable resumed = null;
    byte[] event;
    synchronized (this) {
      while (waiting.isEmpty() && !ended) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
      event = waiting.poll();
      bytes -= event == null ? 0 : event.length;
      if (full && bytes < WATCH / 2) {
        full = false;
        resumed = writable;
      }
    }
    if (resumed != null) {
      resumed.run();
    }
    return event;
  }

  @Override
  public synchronized boolean write(byte[] event) {
    if (ended) {
      return true;
    }
    waiting.add(event);
    bytes += event.length;
    full = bytes >= WATCH;
    notifyAll();
    return !full;
  }

  @Override
  public synchronized void onWritable(Runnable action) {
    writable = action;
  }

  @Override
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public void abort() {
    end();
  }

  /** Watches write events, not bytes. */
  @Override
  public OutputStream output() {
    throw new IllegalStateException("a watch has no plain output");
  }
}
