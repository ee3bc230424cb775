package io.tiphys.store.embedded;

import io.tiphys.store.ManualTime;
import io.tiphys.store.Store;
import io.tiphys.store.StoreFixture;
import io.tiphys.store.engine.HistoryLimits;
import io.tiphys.store.engine.LocalOptions;
import java.nio.file.Path;
import java.time.Duration;

/** An embedded store in manual time. */
final class EmbeddedFixture implements StoreFixture {
  private final ManualTime time = new ManualTime();
  private final LocalOptions options = new LocalOptions(time, time, HistoryLimits.DEFAULT);
  private final Path directory;
  private Store store;

  EmbeddedFixture(Path directory) {
    this.directory = directory;
    store = EmbeddedStore.open(directory, options);
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Store reopened() {
    store.close();
    store = EmbeddedStore.open(directory, options);
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
