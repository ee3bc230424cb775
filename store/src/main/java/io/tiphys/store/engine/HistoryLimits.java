package io.tiphys.store.engine;

import java.time.Duration;

/**
 * How much history is kept for reads of past revisions and for watches. What exceeds any of the
 * limits by more than a small part is compacted by itself.
 *
 * @param age of the oldest revision
 * @param revisions how many
 * @param bytes of replaced values and overhead
 */
public record HistoryLimits(Duration age, int revisions, long bytes) {
  /** Five minutes, which is upstream's {@code --etcd-compaction-interval}. */
  public static final HistoryLimits DEFAULT =
      new HistoryLimits(Duration.ofMinutes(5), 50_000, 32L << 20);

  /** The revision below which history should be forgotten; 0 if there is nothing to do. */
  long excess(State state, long nowMillis) {
    Commit oldest = state.history().first();
    if (oldest == null) {
      return 0;
    }
    int slack = revisions / 64 + 1;
    boolean tooMany = state.history().size() > revisions + slack;
    boolean tooLarge = state.historyBytes() > bytes + bytes / 64;
    boolean tooOld = oldest.committedMillis() < nowMillis - age.toMillis() * 6 / 5;
    if (!tooMany && !tooLarge && !tooOld) {
      return 0;
    }
    return cut(state, nowMillis);
  }

  /** The oldest revision such that the history from it on keeps all limits. */
  private long cut(State state, long nowMillis) {
    Cut cut = new Cut(state, nowMillis - age.toMillis());
    state.history().walk(cut::drops);
    return cut.revision;
  }

  /** Drops commits, the oldest first, until the rest keeps the limits. */
  private final class Cut {
    private final long latest;
    private final long oldestMillis;
    private int count;
    private long size;
    private long revision;

    Cut(State state, long oldestMillis) {
      this.latest = state.revision();
      this.oldestMillis = oldestMillis;
      this.count = state.history().size();
      this.size = state.historyBytes();
    }

    boolean drops(Commit commit) {
      boolean kept =
          count <= revisions && size <= bytes && commit.committedMillis() >= oldestMillis;
      revision = commit.revision();
      count--;
      size -= commit.historyBytes();
      // The latest commit stays: it carries the store's revision.
      return !kept && revision != latest;
    }
  }
}
