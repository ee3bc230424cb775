package io.tiphys.apiserver.registry;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Lets threads wait until the watch cache has seen a revision. */
final class RevisionGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();
  private volatile long reached;

  private static final class Waiter implements Comparable<Waiter> {
    final long revision;
    final Thread thread = Thread.currentThread();

    Waiter(long revision) {
      this.revision = revision;
    }

    @Override
    public int compareTo(Waiter other) {
      return Long.compare(revision, other.revision);
    }
  }

  long reached() {
    return reached;
  }

  /** All changes up to this revision are in the cache now. */
  void advance(long revision) {
    if (revision <= reached) {
      return;
    }
    reached = revision;
    lock.lock();
    try {
      while (!waiting.isEmpty() && waiting.peek().revision <= revision) {
        LockSupport.unpark(waiting.poll().thread);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits; returns whether the revision was reached in time. */
  boolean await(long revision, Duration atMost) {
    if (reached >= revision) {
      return true;
    }
    long end = System.nanoTime() + atMost.toNanos();
    Waiter waiter = new Waiter(revision);
    lock.lock();
    try {
      waiting.add(waiter);
    } finally {
      lock.unlock();
    }
    while (reached < revision) {
      long left = end - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        forget(waiter);
        return reached >= revision;
      }
      LockSupport.parkNanos(this, left);
    }
    forget(waiter);
    return true;
  }

  private void forget(Waiter waiter) {
    lock.lock();
    try {
      waiting.remove(waiter);
    } finally {
      lock.unlock();
    }
  }
}
