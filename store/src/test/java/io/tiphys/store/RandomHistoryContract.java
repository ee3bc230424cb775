package io.tiphys.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random transactions, reads of the past, watches, compactions and restarts give what a naive model
 * gives.
 */
public abstract class RandomHistoryContract {
  private static final int STEPS = 400;
  private static final String[] FROM = {"/", "/a/", "/b/", "/a/3", "/c"};
  private static final String[] TO = {"0", "/a0", "/b0", "/b/2", "/c"};

  private record Running(
      String from, String to, long fromRevision, RecordingListener listener, Watch watch) {}

  protected abstract StoreFixture open() throws Exception;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheModel(long seed) throws Exception {
    try (StoreFixture fixture = open()) {
      new Run(fixture, RandomGeneratorFactory.of("L64X128MixRandom").create(seed)).run();
    }
  }

  /** One history. */
  private static final class Run {
    private final StoreFixture fixture;
    private final RandomGenerator random;
    private final NaiveModel model;
    private final List<Running> watches = new ArrayList<>();
    private Store store;

    Run(StoreFixture fixture, RandomGenerator random) {
      this.fixture = fixture;
      this.random = random;
      store = fixture.store();
      model = new NaiveModel(store.revision());
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(20)) {
          case 0 -> startWatch();
          case 1 -> compact();
          case 2 -> reopen();
          case 3, 4, 5, 6 -> read();
          default -> change();
        }
        assertThat(store.revision()).isEqualTo(model.revision());
        assertThat(store.compactedRevision()).isEqualTo(model.compacted());
      }
      checkWatches();
    }

    private void change() {
      Map<String, Op> ops = new LinkedHashMap<>();
      List<Compare> compares = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        String key = key();
        ops.put(
            key,
            random.nextInt(3) == 0
                ? new Op.Delete(key)
                : new Op.Put(key, StoreContract.value("" + random.nextInt(1000)), 0));
        if (random.nextInt(3) == 0) {
          compares.add(compare(key));
        }
      }
      Txn txn = new Txn(compares, List.copyOf(ops.values()));
      same(store.txn(txn), model.txn(txn));
    }

    private Compare compare(String key) {
      KeyValue current = model.now().get(key);
      boolean right = random.nextInt(5) != 0;
      long actual = current == null ? 0 : current.modRevision();
      return new Compare(key, right ? actual : actual + 1);
    }

    private String key() {
      return "/" + (char) ('a' + random.nextInt(3)) + "/" + random.nextInt(6);
    }

    private static void same(TxnResult actual, TxnResult expected) {
      assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private void read() {
      int which = random.nextInt(FROM.length);
      long revision = random.nextLong(Math.max(1, model.compacted() - 2), model.revision() + 2);
      Range range = new Range(FROM[which], TO[which], revision, random.nextInt(5));
      if (revision < model.compacted()) {
        assertKind(Kind.COMPACTED, range);
      } else if (revision > model.revision()) {
        assertKind(Kind.FUTURE_REVISION, range);
      } else {
        compareRange(range);
      }
    }

    private void assertKind(Kind kind, Range range) {
      assertThatThrownBy(() -> store.range(range))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private void compareRange(Range range) {
      Collection<KeyValue> all =
          model.at(range.revision()).subMap(range.from(), range.to()).values();
      RangeResult result = store.range(range);
      assertThat(result.count()).isEqualTo(all.size());
      List<KeyValue> expected =
          all.stream().limit(range.limit() == 0 ? Long.MAX_VALUE : range.limit()).toList();
      assertThat(result.items()).usingRecursiveFieldByFieldElementComparator().isEqualTo(expected);
    }

    private void compact() {
      if (model.compacted() < model.revision()) {
        long revision = random.nextLong(model.compacted(), model.revision()) + 1;
        // A watch that is still reading what goes would rightly end.
        watches.forEach(this::catchUp);
        store.compact(revision);
        model.compact(revision);
      }
    }

    private void reopen() {
      checkWatches();
      watches.clear();
      store = fixture.reopened();
    }

    private void startWatch() {
      int which = random.nextInt(FROM.length - 1);
      long from = random.nextLong(Math.max(1, model.compacted()), model.revision() + 3);
      RecordingListener listener = new RecordingListener();
      Watch watch = store.watch(FROM[which], TO[which], from, listener);
      watches.add(new Running(FROM[which], TO[which], from, listener, watch));
    }

    private void catchUp(Running running) {
      running.watch().requestProgress();
      running.listener().awaitRevision(model.revision());
    }

    private void checkWatches() {
      for (Running running : watches) {
        catchUp(running);
        assertThat(running.listener().ended()).isFalse();
        assertThat(running.listener().events())
            .usingRecursiveFieldByFieldElementComparator()
            .isEqualTo(model.events(running.from(), running.to(), running.fromRevision()));
        running.watch().close();
      }
    }
  }
}
