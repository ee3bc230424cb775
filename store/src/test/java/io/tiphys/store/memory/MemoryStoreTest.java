package io.tiphys.store.memory;

import io.tiphys.store.RandomHistoryContract;
import io.tiphys.store.StoreContract;
import io.tiphys.store.StoreFixture;
import io.tiphys.store.WatchContract;
import org.junit.jupiter.api.Nested;

/** The contract with the memory store. */
class MemoryStoreTest {

  @Nested
  class Keys extends StoreContract {
    @Override
    protected StoreFixture open() {
      return new MemoryFixture();
    }
  }

  @Nested
  class Watches extends WatchContract {
    @Override
    protected StoreFixture open() {
      return new MemoryFixture();
    }
  }

  @Nested
  class RandomHistory extends RandomHistoryContract {
    @Override
    protected StoreFixture open() {
      return new MemoryFixture();
    }
  }
}
