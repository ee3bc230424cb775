package io.tiphys.store.embedded;

import io.tiphys.store.RandomHistoryContract;
import io.tiphys.store.StoreContract;
import io.tiphys.store.StoreFixture;
import io.tiphys.store.WatchContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the embedded store. */
class EmbeddedStoreTest {

  @Nested
  class Keys extends StoreContract {
    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    @Override
    protected StoreFixture open() {
      return new EmbeddedFixture(directory);
    }
  }

  @Nested
  class Watches extends WatchContract {
    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    @Override
    protected StoreFixture open() {
      return new EmbeddedFixture(directory);
    }
  }

  @Nested
  class RandomHistory extends RandomHistoryContract {
    @TempDir(factory = MemoryDirectory.class)
    Path directory;

    @Override
    protected StoreFixture open() {
      return new EmbeddedFixture(directory);
    }
  }
}
