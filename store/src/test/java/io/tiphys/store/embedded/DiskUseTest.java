package io.tiphys.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.store.Op;
import io.tiphys.store.Store;
import io.tiphys.store.Txn;
import io.tiphys.store.Value;
import io.tiphys.store.engine.HistoryLimits;
import io.tiphys.store.engine.LocalOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disk use is bounded by live data and history, whatever is written. */
class DiskUseTest {
  private static final int ROUNDS = 60;
  private static final int KEYS = 100;
  private static final int BYTES = 40_000;

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void staysBoundedWhileAFewKeysChangeForever() {
    HistoryLimits limits = new HistoryLimits(Duration.ofMinutes(5), 200, 4 << 20);
    LocalOptions options = LocalOptions.standard().withHistory(limits);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    long written = 0;
    try (Store store = EmbeddedStore.open(directory, options)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Op> ops = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
          byte[] incompressible = new byte[BYTES];
          random.nextBytes(incompressible);
          ops.add(new Op.Put("/" + key, Value.of(incompressible), 0));
          written += BYTES;
        }
        store.txn(new Txn(List.of(), ops));
      }
      // Live 4 MB, history 4 MB, the write-ahead log of up to three write buffers of 8 MB, and what
      // RocksDB has not merged yet.
      assertThat(store.health().diskBytes()).isLessThan(100 << 20).isLessThan(written / 2);
    }
  }
}
