package io.tiphys.store.engine;

import java.io.IOException;
import java.util.List;

/**
 * The durable medium behind a store. Called by the store's one writer thread, except for {@link
 * #diskBytes}.
 */
public interface Journal extends AutoCloseable {

  /** Makes changes durable, all or nothing; they are when this returns. */
  void append(Changes changes) throws IOException;

  /**
   * Forgets states below a revision.
   *
   * @param forgotten the commits below it, in order
   */
  void compact(long revision, List<Commit> forgotten) throws IOException;

  /**
   * Tries to accept writes again after a failure, and makes the medium agree with the state: what a
   * failed call may have left behind is undone.
   *
   * @throws IOException if the medium is not ready yet; the message says why
   */
  void recover(State state) throws IOException;

  /** Bytes on the medium now. */
  long diskBytes();

  @Override
  void close();

  /** A journal that keeps nothing. */
  static Journal none() {
    return new NoJournal();
  }
}
