package io.tiphys.store;

/** A running watch. */
public interface Watch extends AutoCloseable {

  /**
   * Asks for an {@link WatchListener#onEvents} with the store's revision now, even without events.
   */
  void requestProgress();

  /** Ends the watch; the listener is not called after this returns. */
  @Override
  void close();
}
