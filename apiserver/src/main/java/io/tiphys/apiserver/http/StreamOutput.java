package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The queue between a response's writers and its connection. Writers add under a lock; the event
 * loop takes all there is once a pass, so that what was written meanwhile shares frames.
 */
final class StreamOutput implements ResponseStream {
  private static final int LOW = 128 * 1024;

  /** Pieces up to this size are copied together rather than sent as buffers of their own. */
  private static final int SMALL = 4 * 1024;

  /** How the protocol sends; called on the event loop only. */
  interface Wire {
    ByteBufAllocator allocator();

    /** Sends bytes and runs the action when they have left, or never will. */
    void data(ByteBuf bytes, Runnable sent);

    void end();

    void abort();
  }

  private final int capacity;
  private final Outbox outbox;
  private final Wire wire;
  private List<byte[]> pending = new ArrayList<>();
  private long waiting; // bytes written that the connection has not taken
  private boolean full;
  private boolean scheduled;
  private boolean ending; // end() was called: no more writes
  private boolean over; // nothing more is sent, for whatever reason
  private Runnable onWritable = () -> {};

  StreamOutput(int capacity, Outbox outbox, Wire wire) {
    this.capacity = capacity;
    this.outbox = outbox;
    this.wire = wire;
  }

  @Override
  public boolean write(byte[] bytes) {
    boolean room;
    synchronized (this) {
      if (over || ending || bytes.length == 0) {
        return over || !full;
      }
      pending.add(bytes);
      waiting += bytes.length;
      room = waiting < capacity;
      full |= !room;
      if (scheduled) {
        return room;
      }
      scheduled = true;
    }
    outbox.add(this::drain);
    return room;
  }

  @Override
  public void end() {
    synchronized (this) {
      if (over || ending) {
        return;
      }
      ending = true;
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    outbox.add(this::drain);
  }

  @Override
  public void abort() {
    synchronized (this) {
      if (over || ending) {
        return;
      }
    }
    close();
    outbox.add(wire::abort);
  }

  @Override
  public synchronized void onWritable(Runnable action) {
    onWritable = action;
  }

  @Override
  public OutputStream output() {
    return new BlockingOutput(this);
  }

  /** The exchange is over: drops what waits, lets writers go on in vain. */
  void close() {
    Runnable action;
    synchronized (this) {
      over = true;
      pending = new ArrayList<>();
      waiting = 0;
      full = false;
      action = onWritable;
    }
    action.run();
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized boolean isFull() {
    return full && !over;
  }

  private void drain() {
    List<byte[]> pieces;
    boolean last;
    synchronized (this) {
      scheduled = false;
      if (over) {
        return;
      }
      pieces = pending;
      pending = new ArrayList<>();
      last = ending;
      over = ending;
    }
    send(pieces);
    if (last) {
      wire.end();
    }
  }

  private void send(List<byte[]> pieces) {
    int next = 0;
    while (next < pieces.size()) {
      int small = next;
      int bytes = 0;
      while (small < pieces.size() && pieces.get(small).length <= SMALL) {
        bytes += pieces.get(small++).length;
      }
      if (small > next) {
        ByteBuf together = wire.allocator().buffer(bytes);
        pieces.subList(next, small).forEach(together::writeBytes);
        data(together);
        next = small;
      } else {
        data(Unpooled.wrappedBuffer(pieces.get(next++)));
      }
    }
  }

  private void data(ByteBuf bytes) {
    int size = bytes.readableBytes();
    wire.data(bytes, () -> sent(size));
  }

  private void sent(int bytes) {
    Runnable action;
    synchronized (this) {
      waiting -= bytes;
      if (!full || waiting >= Math.min(LOW, capacity / 2)) {
        return;
      }
      full = false;
      action = onWritable;
    }
    action.run();
  }
}
