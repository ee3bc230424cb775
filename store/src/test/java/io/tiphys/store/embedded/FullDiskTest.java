package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tiphys.store.Event;
import io.tiphys.store.KeyValue;
import io.tiphys.store.ManualTime;
import io.tiphys.store.Op;
import io.tiphys.store.Range;
import io.tiphys.store.RecordingListener;
import io.tiphys.store.Store;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.Value;
import io.tiphys.store.engine.HistoryLimits;
import io.tiphys.store.engine.LocalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store does when its disk is full, and when there is space again. */
class FullDiskTest {
  private static final int ROUNDS = 5;
  private static final int WRITERS = 4;

  @TempDir Path temp;
  private final ManualTime time = new ManualTime();
  private final LocalOptions options =
      new LocalOptions(time, time, new HistoryLimits(Duration.ofMinutes(5), 20_000, 8 << 20));
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
  private SmallDisk disk;
  private Path directory;

  @BeforeEach
  void mountDisk() throws IOException {
    assumeTrue(SmallDisk.possible(), "needs root, to mount a small file system");
    disk = new SmallDisk(temp.resolve("disk"), "96m");
    directory = temp.resolve("disk/store");
  }

  @AfterEach
  void unmountDisk() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void refusesWritesWithAClearMessageAndGoesOnWhenThereIsSpace() throws IOException {
    try (Store store = EmbeddedStore.open(directory, options)) {
      put(store, "/before", "1");
      Path filler = disk.fill("filler", 0);
      long last = fillUp(store);

      assertThatThrownBy(() -> put(store, "/refused", "1"))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.READ_ONLY))
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("bytes are free")
          .hasMessageContaining("Free space on its file system");
      assertThat(store.health().writable()).isFalse();
      assertThat(store.health().detail()).contains(directory.toString());
      assertThat(store.get("/before")).isPresent();
      assertThat(store.revision()).isEqualTo(last);
      time.pass(Duration.ofSeconds(1));
      assertThat(store.health().writable()).isFalse();

      Files.delete(filler);
      time.pass(Duration.ofSeconds(1));
      assertThat(store.health().writable()).isTrue();
      assertThat(put(store, "/after", "1")).isEqualTo(last + 1);
    }
    try (Store store = EmbeddedStore.open(directory, options)) {
      assertThat(store.get("/before")).isPresent();
      assertThat(store.get("/refused")).isEmpty();
      assertThat(store.get("/after")).isPresent();
    }
  }

  @Test
  void losesNothingAcknowledgedAndRevisesNothingOverManyFullDisks() throws Exception {
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    RecordingListener listener = new RecordingListener();
    long last;
    try (Store store = EmbeddedStore.open(directory, options)) {
      store.watch("/", Range.endOf("/"), 0, listener);
      for (int round = 0; round < ROUNDS; round++) {
        Path filler = disk.fill("filler" + round, random.nextInt(2 << 20));
        writeUntilRefused(store, acknowledged);
        assertThat(store.health().writable()).isFalse();
        Files.delete(filler);
        time.pass(Duration.ofSeconds(1));
        assertThat(store.health().detail()).isEmpty();
        requireEqual(store, acknowledged);
      }
      last = put(store, "/last", "1");
      acknowledged.put("/last", "1");
      listener.awaitRevision(last);
    }
    try (Store store = EmbeddedStore.open(directory, options)) {
      assertThat(store.revision()).isEqualTo(last);
      requireEqual(store, acknowledged);
    }
    assertThat(listener.events())
        .extracting(Event::revision)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize((int) last - 1);
  }

  private long fillUp(Store store) {
    try {
      while (true) {
        put(store, "/filling", incompressible(random));
      }
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(Kind.READ_ONLY);
      return store.revision();
    }
  }

  private static void writeUntilRefused(Store store, Map<String, String> acknowledged)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      String key = "/w" + w;
      threads.add(Thread.startVirtualThread(() -> writeKey(store, key, acknowledged)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void writeKey(Store store, String key, Map<String, String> acknowledged) {
    try {
      RandomGenerator letters =
          RandomGeneratorFactory.of("L64X128MixRandom").create(key.hashCode());
      for (int i = 0; ; i++) {
        String text = incompressible(letters);
        put(store, key + "/" + i % 100, text);
        acknowledged.put(key + "/" + i % 100, text);
      }
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(Kind.READ_ONLY);
    }
  }

  private static String incompressible(RandomGenerator random) {
    byte[] bytes = new byte[6_000];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void requireEqual(Store store, Map<String, String> expected) {
    Map<String, String> actual = new HashMap<>();
    for (KeyValue item : store.range(Range.prefix("/")).items()) {
      actual.put(item.key(), new String(item.value().bytes(), UTF_8));
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static long put(Store store, String key, String text) {
    Value value = Value.of(text.getBytes(UTF_8));
    Txn txn = new Txn(List.of(), List.of(new Op.Put(key, value, 0)));
    return ((TxnResult.Committed) store.txn(txn)).revision();
  }
}
