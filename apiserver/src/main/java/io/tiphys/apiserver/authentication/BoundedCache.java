package io.tiphys.apiserver.authentication;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A map that forgets what was not used lately: two generations, of which the older one is dropped
 * when the younger one is full. Reading costs one or two lookups and takes no lock.
 */
final class BoundedCache<K, V> {
  private final int limit;
  private final AtomicReference<Generations<K, V>> generations =
      new AtomicReference<>(
          new Generations<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));

  private record Generations<K, V>(ConcurrentHashMap<K, V> young, ConcurrentHashMap<K, V> old) {}

  /**
   * @param limit entries of one generation; at most twice as many are kept
   */
  BoundedCache(int limit) {
    this.limit = limit;
  }

  @Nullable V get(K key) {
    Generations<K, V> now = generations.get();
    V value = now.young.get(key);
    if (value != null) {
      return value;
    }
    value = now.old.get(key);
    if (value != null) {
      put(key, value);
    }
    return value;
  }

  void put(K key, V value) {
    Generations<K, V> now = generations.get();
    if (now.young.size() >= limit) {
      generations.compareAndSet(now, new Generations<>(new ConcurrentHashMap<>(), now.young));
      now = generations.get();
    }
    now.young.put(key, value);
  }

  /** At most twice the limit. */
  int size() {
    Generations<K, V> now = generations.get();
    return now.young.size() + now.old.size();
  }
}
