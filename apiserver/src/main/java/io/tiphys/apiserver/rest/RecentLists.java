package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.representation.JoinedObjects;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The long lists being sent, so that clients who list the same state meanwhile, as all controllers
 * do when they start, get the same bytes. Holds them no longer than somebody sends them or until
 * the next garbage collection.
 */
final class RecentLists {
  /** Shorter lists are made as quickly as found. */
  private static final int LONG = 100;

  /** Beyond this many, the map is cleaned of lists that are gone. */
  private static final int MANY = 64;

  private final Map<String, Recent> byPrefix = new ConcurrentHashMap<>();

  /** A list, and of which state of the cache. */
  private record Recent(WeakReference<Object> state, WeakReference<JoinedObjects> objects) {
    boolean isOf(Object other) {
      return state.refersTo(other);
    }
  }

  /** The encoded objects under a prefix: those of a list before if nothing has changed since. */
  JoinedObjects objects(String prefix, ListReader.Found found) {
    Object state = found.state();
    if (state == null || found.total() < LONG) {
      return new JoinedObjects(found.objects());
    }
    Recent recent = byPrefix.get(prefix);
    JoinedObjects shared = recent == null || !recent.isOf(state) ? null : recent.objects.get();
    if (shared == null) {
      shared = new JoinedObjects(found.objects());
      if (byPrefix.size() >= MANY) {
        byPrefix.values().removeIf(r -> r.objects.refersTo(null));
      }
      byPrefix.put(prefix, new Recent(new WeakReference<>(state), new WeakReference<>(shared)));
    }
    return shared;
  }
}
