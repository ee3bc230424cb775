package io.tiphys.store.engine;

import io.tiphys.store.Event;
import io.tiphys.store.KeyOrder;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Range;
import io.tiphys.store.RangeResult;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a store holds at a revision, immutable. A state of the past is this state with the
 * history since undone.
 *
 * @param compacted states below this revision are forgotten; 0 if none is
 * @param keys the live keys
 * @param leased which keys belong to which lease
 * @param history the commits from {@code compacted} on
 * @param liveBytes of the live values
 * @param historyBytes see {@link Commit#historyBytes}
 */
public record State(
    long revision,
    long compacted,
    Tree<String, KeyValue> keys,
    Tree<Long, Lease> leases,
    Tree<LeasedKey, LeasedKey> leased,
    Tree<Long, Commit> history,
    long liveBytes,
    long historyBytes) {

  /** A new store's; its revision is 1, as in etcd. */
  public static State empty() {
    return new State(
        1,
        0,
        Tree.empty(KeyValue::key, KeyOrder.UTF_8),
        Tree.empty(Lease::id, Comparator.naturalOrder()),
        Tree.empty(Function.identity(), LeasedKey.ORDER),
        Tree.empty(Commit::revision, Comparator.naturalOrder()),
        0,
        0);
  }

  /** A store's with these keys and no history. */
  static State of(long revision, long compacted, List<KeyValue> items) {
    List<KeyValue> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(KeyValue::key, KeyOrder.UTF_8));
    State empty = empty();
    Tree<LeasedKey, LeasedKey> leased = empty.leased;
    long bytes = 0;
    for (KeyValue item : sorted) {
      bytes += item.value().bytes().length;
      if (item.lease() != 0) {
        leased = leased.with(new LeasedKey(item.lease(), item.key()));
      }
    }
    return new State(
        revision,
        compacted,
        Tree.of(sorted, KeyValue::key, KeyOrder.UTF_8),
        empty.leases,
        leased,
        empty.history,
        bytes,
        0);
  }

  RangeResult range(Range range) {
    requireReadable(range.revision());
    int limit = range.limit() == 0 ? Integer.MAX_VALUE : range.limit();
    if (range.revision() == 0 || range.revision() == revision) {
      List<KeyValue> items = keys.range(range.from(), range.to(), limit);
      return new RangeResult(revision, items, keys.count(range.from(), range.to()));
    }
    return past(range, limit);
  }

  private void requireReadable(long wanted) {
    if (wanted > revision) {
      throw new StoreException(
          Kind.FUTURE_REVISION, "revision " + wanted + " lies ahead of the latest, " + revision);
    }
    if (wanted != 0 && wanted < compacted) {
      throw compacted(wanted);
    }
  }

  StoreException compacted(long wanted) {
    return new StoreException(
        Kind.COMPACTED,
        "revision " + wanted + " has been compacted; the oldest available is " + compacted);
  }

  private RangeResult past(Range range, int limit) {
    Map<String, Optional<KeyValue>> undone = new HashMap<>();
    for (Commit commit : commits(range.revision() + 1, Integer.MAX_VALUE)) {
      for (Event event : commit.events()) {
        String key = event.current().key();
        if (contains(range, key)) {
          undone.putIfAbsent(key, Optional.ofNullable(event.previous()));
        }
      }
    }
    int enough = (int) Math.min(Integer.MAX_VALUE, (long) limit + undone.size());
    List<KeyValue> items = new ArrayList<>();
    for (KeyValue item : keys.range(range.from(), range.to(), enough)) {
      if (!undone.containsKey(item.key())) {
        items.add(item);
      }
    }
    long count = keys.count(range.from(), range.to());
    for (Map.Entry<String, Optional<KeyValue>> entry : undone.entrySet()) {
      count -= keys.get(entry.getKey()) == null ? 0 : 1;
      count += entry.getValue().isEmpty() ? 0 : 1;
      entry.getValue().ifPresent(items::add);
    }
    items.sort(Comparator.comparing(KeyValue::key, KeyOrder.UTF_8));
    return new RangeResult(revision, items.subList(0, Math.min(limit, items.size())), count);
  }

  private static boolean contains(Range range, String key) {
    return KeyOrder.UTF_8.compare(key, range.from()) >= 0
        && KeyOrder.UTF_8.compare(key, range.to()) < 0;
  }

  /** The first commits from a revision on, at most {@code limit}. */
  List<Commit> commits(long from, int limit) {
    return history.range(from, Long.MAX_VALUE, limit);
  }

  /** This state without the history below a revision. */
  State forget(long below) {
    Tree<Long, Commit> kept = history;
    long bytes = historyBytes;
    for (Commit commit : forgotten(below)) {
      kept = kept.without(commit.revision());
      bytes -= commit.historyBytes();
    }
    return new State(revision, below, keys, leases, leased, kept, liveBytes, bytes);
  }

  /** The commits that {@link #forget} drops. */
  List<Commit> forgotten(long below) {
    return history.range(0L, below, Integer.MAX_VALUE);
  }
}
