package io.tiphys.store.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer. It hands out the changes that wait together as one batch. Those who
 * were answered together mostly come back together: so it waits for as many as the last time, but
 * only for a part of the time that writing them takes.
 */
final class CommandQueue {
  private static final int BATCH_COMMANDS = 1024;
  private static final long BATCH_BYTES = 4L << 20;

  /** Of the time that a batch takes to write, how much to wait for more: one in this many. */
  private static final int PATIENCE = 3;

  private final LinkedBlockingQueue<Command> queue = new LinkedBlockingQueue<>();
  private int expected = 1;

  void add(Command command) {
    queue.add(command);
  }

  /** Waits for the next command. */
  Command take() throws InterruptedException {
    return queue.take();
  }

  /** The next command; null if none waits. */
  @Nullable Command poll() {
    return queue.poll();
  }

  /**
   * Changes to be made together.
   *
   * @param next what came after them and is to be done after them
   */
  record Batch(List<Command.Write<?>> writes, @Nullable Command next) {}

  /**
   * Takes what waits.
   *
   * @param limit at most this many
   * @param writingNanos how long a batch takes to write
   */
  Batch gather(Command.Write<?> first, int limit, long writingNanos) throws InterruptedException {
    List<Command.Write<?>> writes = new ArrayList<>();
    writes.add(first);
    long bytes = first.bytes();
    long deadline = System.nanoTime() + writingNanos / PATIENCE;
    Command next = null;
    while (next == null && writes.size() < Math.min(limit, BATCH_COMMANDS) && bytes < BATCH_BYTES) {
      Command command = queue.poll();
      if (command == null && writes.size() < expected) {
        command = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      if (command == null) {
        break;
      }
      if (command instanceof Command.Write<?> write) {
        writes.add(write);
        bytes += write.bytes();
      } else {
        next = command;
      }
    }
    expected = writes.size();
    return new Batch(writes, next);
  }
}
