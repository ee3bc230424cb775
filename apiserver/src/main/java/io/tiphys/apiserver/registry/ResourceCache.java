package io.tiphys.apiserver.registry;

import io.tiphys.store.Event;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Range;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One resource's current objects, in the order of their keys, and its latest changes. Written by
 * the store's watch alone; reading takes no lock and never blocks.
 */
public final class ResourceCache {
  private final String prefix;
  private final InstantSource clock;
  private final RevisionGate gate;
  private final Executor threads;
  private final CopyOnWriteArrayList<Watching> watchers = new CopyOnWriteArrayList<>();
  private final AtomicInteger signals = new AtomicInteger();
  private volatile State state = new State(SortedTree.empty(), 0);
  private volatile EventLog log;
  private @Nullable State pending;
  private final List<Change> changes = new ArrayList<>();

  private record Change(
      long revision, @Nullable CachedObject previous, @Nullable CachedObject current) {}

  private record State(SortedTree<CachedObject> objects, long lastChange) {}

  ResourceCache(String prefix, InstantSource clock, RevisionGate gate, Executor threads) {
    this.prefix = prefix;
    this.clock = clock;
    this.gate = gate;
    this.threads = threads;
    this.log = new EventLog(clock, 0);
  }

  /** All keys of this resource start with this. */
  String prefix() {
    return prefix;
  }

  /** An object by its key; null if there is none. */
  public @Nullable CachedObject get(String key) {
    return state.objects.get(key);
  }

  /** The revision of the last change that is in the cache. */
  public long lastChange() {
    return state.lastChange;
  }

  /** The objects now. */
  public Snapshot snapshot() {
    // In this order: the objects may be newer than what was reached, never older.
    long reached = gate.reached();
    State now = state;
    return new Snapshot(now.objects, Math.max(reached, now.lastChange));
  }

  EventLog log() {
    return log;
  }

  private record Watching(Object connection, Runnable wake) {}

  /**
   * Runs this, not on the caller's thread, whenever the log has grown or was started anew.
   *
   * @param connection those with an equal one are run in a row, so that what they write to the same
   *     connection leaves together: with 200 watches on 24 connections this is most of the cost
   */
  public void addWatcher(Object connection, Runnable wake) {
    synchronized (watchers) {
      int place = watchers.size();
      while (place > 0 && !watchers.get(place - 1).connection.equals(connection)) {
        place--;
      }
      watchers.add(place == 0 ? watchers.size() : place, new Watching(connection, wake));
    }
  }

  public void removeWatcher(Runnable wake) {
    synchronized (watchers) {
      watchers.removeIf(watching -> watching.wake == wake);
    }
  }

  /** How many watches are open. */
  public int watchers() {
    return watchers.size();
  }

  /** Forgets everything and takes these objects; watches end. */
  void load(long revision, List<KeyValue> items) {
    SortedTree<CachedObject> objects = SortedTree.empty();
    long last = 0;
    for (KeyValue item : items) {
      objects = objects.with(item.key(), CachedObject.of(item));
      last = Math.max(last, item.modRevision());
    }
    state = new State(objects, last);
    log = new EventLog(clock, revision);
    signal();
  }

  /** Takes a change; it shows when {@link #publish} is called. */
  void apply(Event event) {
    State before = pending == null ? state : pending;
    String key = event.current().key();
    CachedObject previous = before.objects.get(key);
    if (event.type() == Event.Type.PUT) {
      CachedObject object = CachedObject.of(event.current());
      pending = new State(before.objects.with(key, object), event.revision());
      changes.add(new Change(event.revision(), previous, object));
    } else if (previous != null) {
      pending = new State(before.objects.without(key), event.revision());
      changes.add(new Change(event.revision(), previous, null));
    }
  }

  void publish() {
    if (pending != null) {
      state = pending;
      pending = null;
      // After the state: a watch that begins now must not miss what the state lacks.
      for (Change change : changes) {
        log.append(change.revision, change.previous, change.current);
      }
      changes.clear();
    }
  }

  /** Tells the watches of changes; several calls in a row may end in one look. */
  void signal() {
    if (!watchers.isEmpty() && signals.getAndIncrement() == 0) {
      threads.execute(this::wakeAll);
    }
  }

  private void wakeAll() {
    int seen;
    do {
      seen = signals.get();
      watchers.forEach(watching -> watching.wake.run());
    } while (signals.addAndGet(-seen) != 0);
  }

  /**
   * The objects at one moment.
   *
   * @param revision all changes of this resource up to it are in, none after it
   */
  public record Snapshot(SortedTree<CachedObject> objects, long revision) {
    /** The objects whose keys start with a prefix. */
    public Cursor under(String prefix) {
      return from(prefix, prefix);
    }

    /** The objects under a prefix from a key on. */
    public Cursor from(String key, String prefix) {
      SortedTree.Cursor<CachedObject> cursor = objects.range(key, Range.endOf(prefix));
      return cursor::next;
    }

    /** How many objects {@link #from} gives. */
    public int count(String key, String prefix) {
      return objects.rank(Range.endOf(prefix)) - objects.rank(key);
    }
  }

  /** Gives objects one after the other. */
  @FunctionalInterface
  public interface Cursor {
    /** The next object; null after the last. */
    @Nullable CachedObject next();
  }
}
