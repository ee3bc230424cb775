package io.tiphys.store.engine;

import io.tiphys.store.KeyValue;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import java.util.List;

/** Builds a state from what a journal has kept, fed in the order of revisions. */
public final class Restore {
  private final long compacted;
  private final long nowMillis;
  private final Draft draft;
  private long latest;

  /**
   * @param compacted the revision of the last compaction; 0 if there was none
   * @param nowMillis taken as the time of all commits in the history, for its age limit
   */
  public Restore(long compacted, long nowMillis) {
    this.compacted = compacted;
    this.nowMillis = nowMillis;
    State empty = State.empty();
    latest = empty.revision();
    draft = new Draft(compacted == 0 ? empty : empty.forget(compacted), nowMillis);
  }

  /** A lease; a clock that was set back since does not prolong it beyond its time to live. */
  public void lease(Lease lease) {
    long deadline = Math.min(lease.deadlineMillis(), nowMillis + lease.timeToLiveMillis());
    draft.setLease(new Lease(lease.id(), lease.timeToLiveMillis(), deadline));
  }

  /**
   * What is left of a commit: all of it from the compacted revision on, before that only what is
   * still needed.
   *
   * @param changed deleted keys have {@code createRevision} 0
   * @throws StoreException {@code CORRUPT} if a revision is missing
   */
  public void commit(long revision, List<KeyValue> changed) {
    boolean inHistory = revision >= compacted;
    if (inHistory && revision != latest + 1 && revision != compacted) {
      throw new StoreException(
          Kind.CORRUPT,
          "revision " + (latest + 1) + " is missing: revision " + revision + " follows " + latest);
    }
    draft.repeat(revision, changed, inHistory);
    latest = revision;
  }

  /**
   * The state after the last commit.
   *
   * @throws StoreException {@code CORRUPT} if the commits end before the last compaction
   */
  public State state() {
    if (latest < compacted) {
      throw new StoreException(
          Kind.CORRUPT, "revision " + compacted + " is missing: the last one found is " + latest);
    }
    return draft.state();
  }
}
