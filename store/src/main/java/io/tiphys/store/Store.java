package io.tiphys.store;

import java.time.Duration;
import java.util.Optional;

/**
 * A key-value store with etcd's semantics: one global revision that each successful transaction
 * with changes raises by one, reads at past revisions, watches from a revision, compaction, leases.
 *
 * <p>Methods may be called from any thread and may block on I/O; call them from virtual threads.
 * What a call has acknowledged survives the death of the process and, for durable back ends, of the
 * machine. All failures are {@link StoreException}s.
 */
public interface Store extends AutoCloseable {

  /** The latest revision; 1 in a new store, as in etcd. */
  long revision();

  /**
   * Whether this process alone can write, so that it has seen every acknowledged write itself and
   * need not ask the store how far others have come.
   */
  default boolean exclusive() {
    return false;
  }

  /** A key's latest state. */
  Optional<KeyValue> get(String key);

  /**
   * Reads a range.
   *
   * @throws StoreException {@code COMPACTED} or {@code FUTURE_REVISION} for a revision not
   *     available
   */
  RangeResult range(Range range);

  /**
   * Applies the changes if all conditions hold; returns when they are durable.
   *
   * @throws StoreException {@code READ_ONLY}, {@code UNAVAILABLE}, {@code TIMEOUT}, {@code
   *     LEASE_NOT_FOUND}
   */
  TxnResult txn(Txn txn);

  /**
   * Watches keys {@code from <= key < to}.
   *
   * @param fromRevision the first revision to report; 0 for changes from now on. If it has been
   *     compacted, or if the listener falls behind the history, the watch ends with {@code
   *     COMPACTED}
   */
  Watch watch(String from, String to, long fromRevision, WatchListener listener);

  /**
   * Forgets states before a revision. Reads and watches below it fail with {@code COMPACTED}.
   *
   * @throws StoreException {@code COMPACTED} if that has been done already, {@code FUTURE_REVISION}
   */
  void compact(long revision);

  /** The revision of the last compaction; 0 if there was none. */
  long compactedRevision();

  /** Grants a lease, whose keys vanish when it is not kept alive for its time to live. */
  long grantLease(Duration timeToLive);

  /**
   * Starts the lease's time to live anew.
   *
   * @throws StoreException {@code LEASE_NOT_FOUND}
   */
  void keepAlive(long lease);

  /**
   * Ends a lease and deletes its keys, at one revision.
   *
   * @throws StoreException {@code LEASE_NOT_FOUND}
   */
  void revokeLease(long lease);

  /** Bytes on disk and whether writes are accepted, for health checks and metrics. */
  StoreHealth health();

  /** Ends all watches and releases everything. */
  @Override
  void close();
}
