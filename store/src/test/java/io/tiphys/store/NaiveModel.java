package io.tiphys.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A store as simple as can be: a full copy of the keys at each revision. */
final class NaiveModel {
  private final List<NavigableMap<String, KeyValue>> states = new ArrayList<>();
  private final List<List<Event>> events = new ArrayList<>();
  private final long base;
  private long compacted;

  /** A model of an empty store at a revision. */
  NaiveModel(long base) {
    this.base = base;
    states.add(new TreeMap<>(KeyOrder.UTF_8));
    events.add(List.of());
  }

  long revision() {
    return base + states.size() - 1;
  }

  long compacted() {
    return compacted;
  }

  void compact(long revision) {
    compacted = revision;
  }

  NavigableMap<String, KeyValue> at(long revision) {
    return states.get((int) (revision - base));
  }

  NavigableMap<String, KeyValue> now() {
    return states.getLast();
  }

  /** All events of a range from a revision on. */
  List<Event> events(String from, String to, long fromRevision) {
    List<Event> found = new ArrayList<>();
    for (long revision = Math.max(fromRevision, base); revision <= revision(); revision++) {
      for (Event event : events.get((int) (revision - base))) {
        String key = event.current().key();
        if (KeyOrder.UTF_8.compare(key, from) >= 0 && KeyOrder.UTF_8.compare(key, to) < 0) {
          found.add(event);
        }
      }
    }
    return found;
  }

  TxnResult txn(Txn txn) {
    boolean holds =
        txn.compares().stream()
            .allMatch(c ->
                now().containsKey(c.key())
                    ? now().get(c.key()).modRevision() == c.modRevision()
                    : c.modRevision() == 0);
    if (!holds) {
      List<KeyValue> current =
          txn.compares().stream()
              .map(Compare::key)
              .filter(now()::containsKey)
              .map(now()::get)
              .toList();
      return new TxnResult.Failed(revision(), current);
    }
    change(txn.ops());
    return new TxnResult.Committed(revision());
  }

  private void change(List<Op> ops) {
    long next = revision() + 1;
    NavigableMap<String, KeyValue> state = new TreeMap<>(now());
    List<Event> changes = new ArrayList<>();
    for (Op op : ops) {
      KeyValue old = state.get(op.key());
      if (op instanceof Op.Put put) {
        KeyValue item =
            old == null
                ? new KeyValue(put.key(), put.value(), next, next, 1, put.lease())
                : new KeyValue(
                    put.key(),
                    put.value(),
                    old.createRevision(),
                    next,
                    old.version() + 1,
                    put.lease());
        state.put(item.key(), item);
        changes.add(new Event(Event.Type.PUT, item, old));
      } else if (old != null) {
        state.remove(op.key());
        KeyValue gone = new KeyValue(op.key(), StoreContract.value(""), 0, next, 0, 0);
        changes.add(new Event(Event.Type.DELETE, gone, old));
      }
    }
    if (!changes.isEmpty()) {
      states.add(state);
      events.add(changes);
    }
  }
}
