package io.tiphys.store;

import java.util.List;

/**
 * Receives a watch's events, one call at a time, in the order of revisions. Must not block long.
 */
public interface WatchListener {

  /**
   * All changes of one or more revisions; a revision's changes are never split between calls.
   *
   * @param revision all changes up to it have been delivered
   */
  void onEvents(long revision, List<Event> events);

  /** The watch ended by itself, such as when its start was compacted. Nothing follows. */
  void onEnd(StoreException cause);
}
