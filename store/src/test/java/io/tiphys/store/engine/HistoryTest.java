package io.tiphys.store.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.store.Event;
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
import io.tiphys.store.WatchListener;
import io.tiphys.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How much history a store keeps by itself. */
class HistoryTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final ManualTime time = new ManualTime();

  private Store store(HistoryLimits limits) {
    return new MemoryStore(new LocalOptions(time, time, limits));
  }

  private static long put(Store store, String key, int bytes) {
    Value value = Value.of("x".repeat(bytes).getBytes(UTF_8));
    Txn txn = new Txn(List.of(), List.of(new Op.Put(key, value, 0)));
    return ((TxnResult.Committed) store.txn(txn)).revision();
  }

  @Test
  void isLimitedByTheNumberOfRevisions() {
    try (Store store = store(new HistoryLimits(LONG, 100, Long.MAX_VALUE / 2))) {
      put(store, "/kept", 1);
      for (int i = 0; i < 500; i++) {
        put(store, "/a", 1);
      }
      assertThat(store.revision() - store.compactedRevision()).isBetween(90L, 105L);
      assertThat(store.range(Range.prefix("/")).count()).isEqualTo(2);
      Range past = Range.prefix("/").at(store.compactedRevision());
      assertThat(store.range(past).items().getFirst().modRevision())
          .isEqualTo(store.compactedRevision());
    }
  }

  @Test
  void isLimitedByTheBytesOfReplacedValues() {
    try (Store store = store(new HistoryLimits(LONG, 1_000_000, 1 << 20))) {
      for (int i = 0; i < 500; i++) {
        put(store, "/a", 10_000);
      }
      assertThat(store.revision() - store.compactedRevision()).isBetween(80L, 110L);
    }
  }

  @Test
  void isLimitedByAge() {
    try (Store store = store(new HistoryLimits(Duration.ofMinutes(5), 1_000, 1 << 20))) {
      put(store, "/a", 1);
      long old = put(store, "/a", 1);
      time.pass(Duration.ofMinutes(4));
      long recent = put(store, "/a", 1);
      assertThat(store.range(Range.prefix("/").at(old)).count()).isEqualTo(1);
      time.pass(Duration.ofMinutes(3));
      assertThat(store.compactedRevision()).isEqualTo(recent);
      time.pass(Duration.ofHours(1));
      assertThat(store.compactedRevision()).isEqualTo(recent);
      assertThat(store.range(Range.prefix("/").at(recent)).count()).isEqualTo(1);
    }
  }

  @Test
  void aListenerThatFallsBehindItIsTold() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RecordingListener kept = new RecordingListener();
    WatchListener slow =
        new WatchListener() {
          @Override
          public void onEvents(long revision, List<Event> events) {
            called.countDown();
            try {
              release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            kept.onEvents(revision, events);
          }

          @Override
          public void onEnd(StoreException cause) {
            kept.onEnd(cause);
          }
        };
    try (Store store = store(new HistoryLimits(LONG, 100, 1 << 20))) {
      store.watch("/", Range.endOf("/"), 0, slow);
      put(store, "/a", 1);
      called.await();
      for (int i = 0; i < 500; i++) {
        put(store, "/a", 1);
      }
      release.countDown();
      assertThat(kept.awaitEnd().kind()).isEqualTo(Kind.COMPACTED);
      assertThat(kept.events()).hasSizeLessThan(500);
    }
  }
}
