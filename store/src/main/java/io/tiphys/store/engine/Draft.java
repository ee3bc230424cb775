package io.tiphys.store.engine;

import io.tiphys.store.Compare;
import io.tiphys.store.Event;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Op;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The next state while a batch of changes builds it. Used by one thread. Whoever drops the draft
 * instead of publishing its state has undone all of it.
 */
final class Draft {
  private static final Value NO_VALUE = Value.of(new byte[0]);

  private final long compacted;
  private final long nowMillis;
  private final List<Commit> commits = new ArrayList<>();
  private final Set<Long> touchedLeases = new LinkedHashSet<>();
  private long revision;
  private Tree<String, KeyValue> keys;
  private Tree<Long, Lease> leases;
  private Tree<LeasedKey, LeasedKey> leased;
  private Tree<Long, Commit> history;
  private long liveBytes;
  private long historyBytes;

  Draft(State base, long nowMillis) {
    compacted = base.compacted();
    this.nowMillis = nowMillis;
    revision = base.revision();
    keys = base.keys();
    leases = base.leases();
    leased = base.leased();
    history = base.history();
    liveBytes = base.liveBytes();
    historyBytes = base.historyBytes();
  }

  State state() {
    return new State(revision, compacted, keys, leases, leased, history, liveBytes, historyBytes);
  }

  Changes changes() {
    List<Lease> set = new ArrayList<>();
    List<Long> ended = new ArrayList<>();
    for (long id : touchedLeases) {
      Lease lease = leases.get(id);
      if (lease == null) {
        ended.add(id);
      } else {
        set.add(lease);
      }
    }
    return new Changes(commits, set, ended);
  }

  TxnResult txn(Txn txn) {
    for (Compare compare : txn.compares()) {
      KeyValue current = keys.get(compare.key());
      if ((current == null ? 0 : current.modRevision()) != compare.modRevision()) {
        return new TxnResult.Failed(revision, comparedKeys(txn));
      }
    }
    for (Op op : txn.ops()) {
      if (op instanceof Op.Put put && put.lease() != 0) {
        requireLease(put.lease());
      }
    }
    commit(txn.ops());
    return new TxnResult.Committed(revision);
  }

  private List<KeyValue> comparedKeys(Txn txn) {
    List<KeyValue> found = new ArrayList<>();
    for (Compare compare : txn.compares()) {
      KeyValue current = keys.get(compare.key());
      if (current != null) {
        found.add(current);
      }
    }
    return found;
  }

  long grantLease(long id, long timeToLiveMillis) {
    setLease(new Lease(id, timeToLiveMillis, nowMillis + timeToLiveMillis));
    return id;
  }

  void keepAlive(long id) {
    long timeToLive = requireLease(id).timeToLiveMillis();
    setLease(new Lease(id, timeToLive, nowMillis + timeToLive));
  }

  void revokeLease(long id) {
    requireLease(id);
    leases = leases.without(id);
    touchedLeases.add(id);
    List<Op> deletions = new ArrayList<>();
    for (LeasedKey key :
        leased.range(new LeasedKey(id, ""), new LeasedKey(id + 1, ""), Integer.MAX_VALUE)) {
      deletions.add(new Op.Delete(key.key()));
    }
    commit(deletions);
  }

  /** Ends the leases whose time is up. */
  void expireLeases() {
    for (Lease lease : leases.values()) {
      if (lease.deadlineMillis() <= nowMillis) {
        revokeLease(lease.id());
      }
    }
  }

  /** Repeats a commit that was made before. */
  void repeat(long madeAt, List<KeyValue> changed) {
    List<Event> events = new ArrayList<>(changed.size());
    for (KeyValue current : changed) {
      Event.Type type = current.createRevision() == 0 ? Event.Type.DELETE : Event.Type.PUT;
      events.add(apply(new Event(type, current, keys.get(current.key()))));
    }
    revision = madeAt;
    remember(new Commit(madeAt, nowMillis, events));
  }

  void setLease(Lease lease) {
    leases = leases.with(lease);
    touchedLeases.add(lease.id());
  }

  private Lease requireLease(long id) {
    Lease lease = leases.get(id);
    if (lease == null) {
      throw new StoreException(
          Kind.LEASE_NOT_FOUND, "lease " + id + " does not exist or has expired");
    }
    return lease;
  }

  private void commit(List<Op> ops) {
    List<Event> events = new ArrayList<>(ops.size());
    for (Op op : ops) {
      KeyValue previous = keys.get(op.key());
      switch (op) {
        case Op.Put put -> events.add(apply(event(put, previous)));
        case Op.Delete delete -> {
          if (previous != null) {
            events.add(apply(event(delete, previous)));
          }
        }
      }
    }
    if (!events.isEmpty()) {
      revision++;
      Commit commit = new Commit(revision, nowMillis, events);
      commits.add(commit);
      remember(commit);
    }
  }

  private Event event(Op.Put put, @Nullable KeyValue previous) {
    long next = revision + 1;
    long created = previous == null ? next : previous.createRevision();
    long version = previous == null ? 1 : previous.version() + 1;
    return new Event(
        Event.Type.PUT,
        new KeyValue(put.key(), put.value(), created, next, version, put.lease()),
        previous);
  }

  private Event event(Op.Delete delete, KeyValue previous) {
    KeyValue gone = new KeyValue(delete.key(), NO_VALUE, 0, revision + 1, 0, 0);
    return new Event(Event.Type.DELETE, gone, previous);
  }

  private Event apply(Event event) {
    KeyValue current = event.current();
    KeyValue previous = event.previous();
    if (previous != null) {
      liveBytes -= previous.value().bytes().length;
      if (previous.lease() != 0) {
        leased = leased.without(new LeasedKey(previous.lease(), previous.key()));
      }
    }
    if (event.type() == Event.Type.DELETE) {
      keys = keys.without(current.key());
      return event;
    }
    keys = keys.with(current);
    liveBytes += current.value().bytes().length;
    if (current.lease() != 0) {
      leased = leased.with(new LeasedKey(current.lease(), current.key()));
    }
    return event;
  }

  private void remember(Commit commit) {
    history = history.with(commit);
    historyBytes += commit.historyBytes();
  }
}
