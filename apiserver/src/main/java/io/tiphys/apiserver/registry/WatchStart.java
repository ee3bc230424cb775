package io.tiphys.apiserver.registry;

/** Where a watch begins. */
public sealed interface WatchStart {
  /**
   * With the present objects as ADDED events.
   *
   * @param marked whether a bookmark says where they end (KEP-3157)
   */
  record State(boolean marked) implements WatchStart {}

  /** With changes after a revision. */
  record After(long revision) implements WatchStart {}

  /** With changes from now on. */
  record Now() implements WatchStart {}
}
