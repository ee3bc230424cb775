package io.tiphys.store.engine;

import io.tiphys.store.KeyValue;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a state from what a journal has kept, leases first, then the commits in the order of
 * revisions.
 */
public final class Restore {
  private final long compacted;
  private final long nowMillis;
  private final Map<String, KeyValue> survivors = new HashMap<>();
  private final List<Lease> leases = new ArrayList<>();
  private @Nullable Draft draft;
  private long latest = State.empty().revision();

  /**
   * @param compacted the revision of the last compaction; 0 if there was none
   * @param nowMillis taken as the time of all commits in the history, for its age limit
   */
  public Restore(long compacted, long nowMillis) {
    this.compacted = compacted;
    this.nowMillis = nowMillis;
  }

  /** A lease; a clock that was set back since does not prolong it beyond its time to live. */
  public void lease(Lease lease) {
    long deadline = Math.min(lease.deadlineMillis(), nowMillis + lease.timeToLiveMillis());
    leases.add(new Lease(lease.id(), lease.timeToLiveMillis(), deadline));
  }

  /**
   * What is left of a commit: all of it from the compacted revision on, before that only what is
   * still needed.
   *
   * @param changed deleted keys have {@code createRevision} 0
   * @throws StoreException {@code CORRUPT} if a revision is missing
   */
  public void commit(long revision, List<KeyValue> changed) {
    if (revision < compacted) {
      changed.forEach(item -> survivors.put(item.key(), item));
    } else {
      if (revision != latest + 1 && revision != compacted) {
        throw new StoreException(
            Kind.CORRUPT,
            "revision %d is missing: revision %d follows %d"
                .formatted(latest + 1, revision, latest));
      }
      draft().repeat(revision, changed);
    }
    latest = revision;
  }

  /** The history's beginning, with what survives of the time before. */
  private Draft draft() {
    Draft begun = draft;
    if (begun == null) {
      begun = new Draft(State.of(latest, compacted, List.copyOf(survivors.values())), nowMillis);
      leases.forEach(begun::setLease);
      draft = begun;
    }
    return begun;
  }

  /**
   * The state after the last commit.
   *
   * @throws StoreException {@code CORRUPT} if the commits end before the last compaction
   */
  public State state() {
    if (latest < compacted) {
      throw new StoreException(
          Kind.CORRUPT,
          "revision %d is missing: the last one found is %d".formatted(compacted, latest));
    }
    return draft().state();
  }
}
