package io.tiphys.apiserver.http;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is to be written to one connection: tasks from any thread, which the event loop runs in one
 * go, followed by one flush. However many threads add however many tasks meanwhile, the event loop
 * is woken once.
 */
final class Outbox {
  private final EventLoop loop;
  private final Runnable flush;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean reading; // of the event loop only

  Outbox(EventLoop loop, Runnable flush) {
    this.loop = loop;
    this.flush = flush;
  }

  /** The event loop reads from the connection and will call {@link #readComplete}. */
  void readStarts() {
    reading = true;
  }

  /** Runs the tasks of the pass; the caller flushes. */
  void readComplete() {
    reading = false;
    runTasks();
  }

  /** Runs the task now if a read pass is going on (its end flushes), else soon. */
  void run(Runnable task) {
    if (loop.inEventLoop() && reading) {
      task.run();
    } else {
      add(task);
    }
  }

  /** Runs the task at the end of the pass. */
  void add(Runnable task) {
    tasks.add(task);
    if (loop.inEventLoop() && reading) {
      return;
    }
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    scheduled.set(false);
    runTasks();
    flush.run();
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
