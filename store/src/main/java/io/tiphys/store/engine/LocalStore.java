package io.tiphys.store.engine;

import io.tiphys.store.KeyValue;
import io.tiphys.store.Op;
import io.tiphys.store.Range;
import io.tiphys.store.RangeResult;
import io.tiphys.store.Store;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreHealth;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.Watch;
import io.tiphys.store.WatchListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store within this process: reads are served from the latest published {@link State} without
 * locks, changes go through one {@link Writer} to a {@link Journal}.
 */
public abstract class LocalStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStore.class);

  private final Journal journal;
  private final Watches watches;
  private final Writer writer;
  private final LocalOptions options;
  private final Runnable stopTicker;

  protected LocalStore(Journal journal, State initial, LocalOptions options) {
    this.journal = journal;
    this.options = options;
    writer = new Writer(journal, initial, options, this::published);
    watches = new Watches(writer::state);
    watches.published(initial.revision(), List.of());
    writer.start();
    stopTicker = options.ticker().start(this::housekeeping);
  }

  @Override
  public long revision() {
    return state().revision();
  }

  @Override
  public boolean exclusive() {
    return true;
  }

  @Override
  public Optional<KeyValue> get(String key) {
    return Optional.ofNullable(state().keys().get(key));
  }

  @Override
  public RangeResult range(Range range) {
    return state().range(range);
  }

  @Override
  public TxnResult txn(Txn txn) {
    return writer.write(encode(txn), draft -> draft.txn(txn));
  }

  /** Has the values encoded by the caller rather than by the writer; returns their size. */
  private static long encode(Txn txn) {
    long bytes = 0;
    for (Op op : txn.ops()) {
      bytes += op.key().length();
      if (op instanceof Op.Put put) {
        bytes += put.value().bytes().length;
      }
    }
    return bytes;
  }

  @Override
  public Watch watch(String from, String to, long fromRevision, WatchListener listener) {
    if (writer.stopped()) {
      throw Writer.closed();
    }
    Watcher watcher = new Watcher(from, to, listener, watches);
    watches.add(watcher);
    long latest = writer.state().revision();
    watcher.start(fromRevision == 0 ? latest + 1 : fromRevision, latest);
    if (writer.stopped()) {
      watcher.end(Writer.closed());
    }
    return watcher;
  }

  @Override
  public void compact(long revision) {
    writer.compact(revision);
  }

  @Override
  public long compactedRevision() {
    return state().compacted();
  }

  @Override
  public long grantLease(Duration timeToLive) {
    if (!timeToLive.isPositive()) {
      throw new IllegalArgumentException("a lease's time to live must be positive: " + timeToLive);
    }
    long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    return writer.write(0, draft -> draft.grantLease(id, timeToLive.toMillis()));
  }

  @Override
  public void keepAlive(long lease) {
    writer.write(
        0,
        draft -> {
          draft.keepAlive(lease);
          return lease;
        });
  }

  @Override
  public void revokeLease(long lease) {
    writer.write(
        0,
        draft -> {
          draft.revokeLease(lease);
          return lease;
        });
  }

  @Override
  public StoreHealth health() {
    if (writer.stopped()) {
      return new StoreHealth(false, "the store is closed", 0);
    }
    String readOnly = writer.readOnly();
    return new StoreHealth(readOnly == null, readOnly == null ? "" : readOnly, journal.diskBytes());
  }

  @Override
  public void close() {
    stopTicker.run();
    writer.stop();
    watches.endAll(Writer.closed());
    journal.close();
  }

  private State state() {
    if (writer.stopped()) {
      throw Writer.closed();
    }
    return writer.state();
  }

  private void published(State state, Changes changes) {
    watches.published(state.revision(), changes.commits());
  }

  private void housekeeping() {
    try {
      maintain();
    } catch (StoreException e) {
      LOG.debug("housekeeping is put off", e);
    }
  }

  private void maintain() {
    if (writer.stopped()) {
      return;
    }
    writer.maintain();
    long now = options.clock().millis();
    if (writer.readOnly() == null
        && writer.state().leases().values().stream().anyMatch(l -> l.deadlineMillis() <= now)) {
      writer.write(
          0,
          draft -> {
            draft.expireLeases();
            return 0;
          });
    }
  }
}
