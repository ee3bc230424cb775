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
    int count = state.history().size();
    long size = state.historyBytes();
    long oldestMillis = nowMillis - age.toMillis();
    for (Commit commit : state.commits(0, Integer.MAX_VALUE)) {
      // The latest commit stays: it carries the store's revision.
      if (commit.revision() == state.revision()
          || (count <= revisions && size <= bytes && commit.committedMillis() >= oldestMillis)) {
        return commit.revision();
      }
      count--;
      size -= commit.historyBytes();
    }
    return 0;
  }
}
