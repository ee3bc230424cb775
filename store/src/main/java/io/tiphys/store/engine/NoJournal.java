package io.tiphys.store.engine;

import java.util.List;

/** A journal that keeps nothing. */
record NoJournal() implements Journal {
  @Override
  public void append(Changes changes) {}

  @Override
  public void compact(long revision, List<Commit> forgotten) {}

  @Override
  public void recover(State state) {}

  @Override
  public long diskBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
