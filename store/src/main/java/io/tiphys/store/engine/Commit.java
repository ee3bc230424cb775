package io.tiphys.store.engine;

import io.tiphys.store.Event;
import java.util.List;

/**
 * The changes of one revision.
 *
 * @param committedMillis when, in milliseconds of the store's clock
 */
public record Commit(long revision, long committedMillis, List<Event> events) {
  /** What a commit and an event cost in memory beside keys and values, roughly. */
  private static final int OVERHEAD = 200;

  public Commit {
    events = List.copyOf(events);
  }

  /** Bytes of memory that only the history keeps alive: the replaced values. */
  long historyBytes() {
    long bytes = OVERHEAD;
    for (Event event : events) {
      if (event.previous() != null) {
        bytes += OVERHEAD + event.previous().value().bytes().length;
      }
    }
    return bytes;
  }
}
