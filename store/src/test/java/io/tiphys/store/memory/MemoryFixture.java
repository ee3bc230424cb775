package io.tiphys.store.memory;

import io.tiphys.store.ManualTime;
import io.tiphys.store.Store;
import io.tiphys.store.StoreFixture;
import io.tiphys.store.engine.HistoryLimits;
import io.tiphys.store.engine.LocalOptions;
import java.time.Duration;

/** A memory store in manual time. */
final class MemoryFixture implements StoreFixture {
  private final ManualTime time = new ManualTime();
  private final Store store = new MemoryStore(new LocalOptions(time, time, HistoryLimits.DEFAULT));

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Store reopened() {
    return store;
  }

  @Override
  public boolean handsValuesThrough() {
    return true;
  }

  @Override
  public void pass(Duration duration) {
    time.pass(duration);
  }

  @Override
  public void close() {
    store.close();
  }
}
