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
  private final Runnable drain = this::drain;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean unflushed; // of the event loop only

  Outbox(EventLoop loop, Runnable flush) {
    this.loop = loop;
    this.flush = flush;
  }

  /** Runs the task now if this is the event loop, else soon; what it writes is flushed later. */
  void run(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      unflushed = true;
      wake();
    } else {
      add(task);
    }
  }

  /** Runs the task at the end of the event loop's pass. */
  void add(Runnable task) {
    tasks.add(task);
    wake();
  }

  private void wake() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.execute(drain);
    }
  }

  /** Runs the tasks that wait, at the end of a read pass; the caller flushes. */
  void readComplete() {
    runTasks();
    unflushed = false;
  }

  private void drain() {
    scheduled.set(false);
    runTasks();
    if (unflushed) {
      unflushed = false;
      flush.run();
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      unflushed = true;
      task.run();
    }
  }
}
