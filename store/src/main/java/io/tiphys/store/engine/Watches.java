package io.tiphys.store.engine;

import io.tiphys.store.Event;
import io.tiphys.store.KeyOrder;
import io.tiphys.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The running watches, and which of them a changed key concerns. */
final class Watches {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Watcher> running = new LinkedHashSet<>();
  private final Supplier<State> published;
  private volatile long settled;
  private volatile Index index = new Index(List.of(), List.of());

  /**
   * The key space cut where watches begin and end: segment {@code i} reaches from bound {@code i}
   * to the next.
   */
  private record Index(List<String> bounds, List<List<Watcher>> segments) {
    static Index of(Set<Watcher> watchers) {
      TreeSet<String> cuts = new TreeSet<>(KeyOrder.UTF_8);
      for (Watcher watcher : watchers) {
        cuts.add(watcher.from());
        cuts.add(watcher.to());
      }
      List<String> bounds = List.copyOf(cuts);
      List<List<Watcher>> segments = new ArrayList<>();
      for (int i = 0; i < bounds.size(); i++) {
        segments.add(new ArrayList<>());
      }
      for (Watcher watcher : watchers) {
        int end = Collections.binarySearch(bounds, watcher.to(), KeyOrder.UTF_8);
        int i = Collections.binarySearch(bounds, watcher.from(), KeyOrder.UTF_8);
        for (; i < end; i++) {
          segments.get(i).add(watcher);
        }
      }
      return new Index(bounds, segments);
    }

    List<Watcher> at(String key) {
      int found = Collections.binarySearch(bounds, key, KeyOrder.UTF_8);
      int segment = found >= 0 ? found : -found - 2;
      return segment < 0 ? List.of() : segments.get(segment);
    }
  }

  Watches(Supplier<State> published) {
    this.published = published;
  }

  /** The latest published state. */
  State state() {
    return published.get();
  }

  /** Up to this revision, watches have been told of all that concerns them. */
  long settled() {
    return settled;
  }

  void add(Watcher watcher) {
    lock.lock();
    try {
      running.add(watcher);
      index = Index.of(running);
    } finally {
      lock.unlock();
    }
  }

  void remove(Watcher watcher) {
    lock.lock();
    try {
      if (running.remove(watcher)) {
        index = Index.of(running);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells watches of the commits that have been published up to a revision. */
  void published(long revision, List<Commit> commits) {
    Index current = index;
    for (Commit commit : commits) {
      for (Event event : commit.events()) {
        for (Watcher watcher : current.at(event.current().key())) {
          watcher.signal(commit.revision());
        }
      }
    }
    settled = revision;
  }

  void endAll(StoreException cause) {
    List<Watcher> all;
    lock.lock();
    try {
      all = List.copyOf(running);
    } finally {
      lock.unlock();
    }
    all.forEach(watcher -> watcher.end(cause));
  }
}
