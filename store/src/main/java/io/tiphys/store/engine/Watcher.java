package io.tiphys.store.engine;

import io.tiphys.store.Event;
import io.tiphys.store.KeyOrder;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import io.tiphys.store.Watch;
import io.tiphys.store.WatchListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A watch: a virtual thread that reads the history of published states and hands what its range
 * contains to the listener. It holds no queue: the writer only tells it from which revision on
 * there is something to read. So it needs no memory, replay and live delivery are the same code,
 * and one that falls behind the history ends.
 */
final class Watcher implements Watch {
  /** Commits looked at between two calls of the listener. */
  private static final int CHUNK = 512;

  /** How long the writer may take from publishing a state to signalling it. */
  private static final long SETTLING_NANOS = 50_000;

  private static final long NOTHING = Long.MAX_VALUE;

  private final String from;
  private final String to;
  private final WatchListener listener;
  private final Watches watches;
  private final AtomicLong pending = new AtomicLong(NOTHING);
  private final AtomicLong progressWanted = new AtomicLong();
  private final ReentrantLock delivering = new ReentrantLock();
  private final Thread thread;
  private volatile boolean ended;
  private long next;
  private long replayTo;
  private long delivered;

  /**
   * Some commits' events within the range.
   *
   * @param revision of the last commit
   * @param last whether that was the latest commit
   */
  private record Chunk(long revision, List<Event> events, boolean last) {}

  Watcher(String from, String to, WatchListener listener, Watches watches) {
    this.from = from;
    this.to = to;
    this.listener = listener;
    this.watches = watches;
    this.thread = Thread.ofVirtual().name("store-watch " + from).unstarted(this::run);
  }

  /**
   * Starts to deliver. The watch is registered by now, so that every commit after the latest
   * revision signals it.
   *
   * @param first the first revision to report
   * @param latest the revision up to which the past is to be read
   */
  void start(long first, long latest) {
    next = first;
    replayTo = latest;
    thread.start();
  }

  String from() {
    return from;
  }

  String to() {
    return to;
  }

  /** Something in the range happened at a revision, which has been published. */
  void signal(long revision) {
    if (pending.get() == NOTHING && pending.compareAndSet(NOTHING, revision)) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void requestProgress() {
    progressWanted.accumulateAndGet(watches.state().revision(), Math::max);
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    ended = true;
    watches.remove(this);
    // Waits for a call of the listener that is under way.
    delivering.lock();
    try {
      LockSupport.unpark(thread);
    } finally {
      delivering.unlock();
    }
  }

  /** Ends the watch from within the store. */
  void end(StoreException cause) {
    watches.remove(this);
    delivering.lock();
    try {
      if (!ended) {
        ended = true;
        LockSupport.unpark(thread);
        listener.onEnd(cause);
      }
    } finally {
      delivering.unlock();
    }
  }

  private void run() {
    try {
      if (next <= replayTo) {
        read(next);
      }
      while (!ended) {
        long wanted = progressWanted.getAndSet(0);
        // Read before the signal: what was settled then has been signalled.
        long settled = watches.settled();
        long signalled = pending.getAndSet(NOTHING);
        if (signalled != NOTHING) {
          read(signalled);
        }
        if (wanted > 0) {
          progress(wanted, Math.max(settled, delivered));
        } else if (signalled == NOTHING) {
          LockSupport.park(this);
        }
      }
    } catch (StoreException e) {
      end(e);
    } catch (RuntimeException e) {
      end(new StoreException(Kind.UNAVAILABLE, "the watch of " + from + " failed: " + e, e));
    }
  }

  private void progress(long wanted, long reached) {
    if (reached >= wanted) {
      deliver(new Chunk(reached, List.of(), true));
    } else {
      // The writer is between publishing a state and signalling it.
      progressWanted.accumulateAndGet(wanted, Math::max);
      LockSupport.parkNanos(this, SETTLING_NANOS);
    }
  }

  private void read(long signalled) {
    next = Math.max(next, signalled);
    Chunk chunk;
    do {
      chunk = chunk();
      next = Math.max(next, chunk.revision + 1);
      if (!chunk.events.isEmpty()) {
        deliver(chunk);
      }
      delivered = chunk.revision;
    } while (!chunk.last && !ended);
  }

  /** What the next commits have in the range. */
  private Chunk chunk() {
    State state = watches.state();
    if (next > state.revision()) {
      return new Chunk(state.revision(), List.of(), true);
    }
    if (next < state.compacted()) {
      throw state.compacted(next);
    }
    List<Commit> commits = state.commits(next, CHUNK);
    List<Event> events = new ArrayList<>();
    for (Commit commit : commits) {
      for (Event event : commit.events()) {
        if (contains(event.current().key())) {
          events.add(event);
        }
      }
    }
    long revision = commits.isEmpty() ? state.revision() : commits.getLast().revision();
    return new Chunk(revision, events, revision == state.revision());
  }

  private boolean contains(String key) {
    return KeyOrder.UTF_8.compare(key, from) >= 0 && KeyOrder.UTF_8.compare(key, to) < 0;
  }

  private void deliver(Chunk chunk) {
    delivering.lock();
    try {
      if (!ended) {
        listener.onEvents(chunk.revision, chunk.events);
      }
    } finally {
      delivering.unlock();
    }
  }
}
