package io.tiphys.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Store#watch}; each back end extends it. */
public abstract class WatchContract {
  private static final String ROOT = "/registry/";

  private StoreFixture fixture;
  private Store store;
  private long start;

  protected abstract StoreFixture open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    fixture = open();
    store = fixture.store();
    start = store.revision();
  }

  @AfterEach
  void closeStore() {
    fixture.close();
  }

  private long put(String name) {
    return commit(new Op.Put(ROOT + name, StoreContract.value(name), 0));
  }

  private long delete(String name) {
    return commit(new Op.Delete(ROOT + name));
  }

  private long commit(Op... ops) {
    return ((TxnResult.Committed) store.txn(new Txn(List.of(), List.of(ops)))).revision();
  }

  private Watch watch(String prefix, long fromRevision, WatchListener listener) {
    return store.watch(ROOT + prefix, Range.endOf(ROOT + prefix), fromRevision, listener);
  }

  @Test
  void reportsChangesFromNowOn() {
    put("before");
    RecordingListener listener = new RecordingListener();
    watch("", 0, listener);
    long created = put("a");
    long updated = put("a");
    long deleted = delete("a");
    listener.awaitRevision(deleted);

    List<Event> events = listener.events();
    assertThat(events).extracting(Event::revision).containsExactly(created, updated, deleted);
    assertThat(events.get(0).previous()).isNull();
    KeyValue before = events.get(1).previous();
    assertThat(before).isNotNull();
    assertThat(before.modRevision()).isEqualTo(created);
    Event deletion = events.get(2);
    assertThat(deletion.type()).isEqualTo(Event.Type.DELETE);
    assertThat(deletion.current().createRevision()).isZero();
    assertThat(deletion.current().value().bytes()).isEmpty();
    assertThat(deletion.previous()).isNotNull();
    assertThat(deletion.previous().modRevision()).isEqualTo(updated);
    if (fixture.handsValuesThrough()) {
      assertThat(deletion.previous().value()).isSameAs(events.get(1).current().value());
    }
  }

  @Test
  void replaysThePastThenGoesOn() {
    put("a");
    long second = put("b");
    put("c");
    RecordingListener listener = new RecordingListener();
    watch("", second, listener);
    long last = put("d");
    listener.awaitRevision(last);
    assertThat(listener.lines())
        .containsExactly(
            "PUT /registry/b@" + second,
            "PUT /registry/c@" + (second + 1),
            "PUT /registry/d@" + last);
  }

  @Test
  void replaysThePastAfterReopening() {
    put("a");
    long second = put("b");
    delete("a");
    store = fixture.reopened();
    RecordingListener listener = new RecordingListener();
    watch("", second, listener);
    listener.awaitRevision(second + 1);
    assertThat(listener.lines())
        .containsExactly("PUT /registry/b@" + second, "DELETE /registry/a@" + (second + 1));
    assertThat(listener.events().get(1).previous()).isNotNull();
  }

  @Test
  void waitsForAFutureRevision() {
    RecordingListener listener = new RecordingListener();
    watch("", start + 3, listener);
    put("a");
    put("b");
    long third = put("c");
    listener.awaitRevision(third);
    assertThat(listener.lines()).containsExactly("PUT /registry/c@" + third);
  }

  @Test
  void seesOnlyItsRange() {
    RecordingListener pods = new RecordingListener();
    RecordingListener all = new RecordingListener();
    RecordingListener none = new RecordingListener();
    watch("pods/", 0, pods);
    watch("", 0, all);
    store.watch(ROOT + "z", ROOT + "a", 0, none);
    put("nodes/n");
    put("pods/a");
    put("pods0");
    put("podsandmore");
    long last = put("pods/b");
    pods.awaitRevision(last);
    all.awaitRevision(last);
    assertThat(pods.events())
        .extracting(event -> event.current().key())
        .containsExactly("/registry/pods/a", "/registry/pods/b");
    assertThat(all.events()).hasSize(5);
    assertThat(none.events()).isEmpty();
  }

  @Test
  void neverSplitsARevision() {
    RecordingListener listener = new RecordingListener();
    watch("", 0, listener);
    long last = 0;
    for (int i = 0; i < 50; i++) {
      last =
          commit(
              new Op.Put(ROOT + "a", StoreContract.value("" + i), 0),
              new Op.Put(ROOT + "b", StoreContract.value("" + i), 0),
              new Op.Put(ROOT + "c", StoreContract.value("" + i), 0));
    }
    listener.awaitRevision(last);
    assertThat(listener.calls())
        .allSatisfy(call -> assertThat(call.events().size() % 3).isZero())
        .allSatisfy(
            call -> assertThat(call.revision()).isEqualTo(call.events().getLast().revision()));
  }

  @Test
  void aCompactedStartEndsTheWatch() {
    put("a");
    long second = put("b");
    long third = delete("a");
    store.compact(third);
    RecordingListener tooOld = new RecordingListener();
    watch("", second, tooOld);
    assertThat(tooOld.awaitEnd().kind()).isEqualTo(Kind.COMPACTED);
    assertThat(tooOld.events()).isEmpty();

    RecordingListener listener = new RecordingListener();
    watch("", third, listener);
    listener.awaitRevision(third);
    assertThat(listener.lines()).containsExactly("DELETE /registry/a@" + third);
  }

  @Test
  void anIdleWatchSurvivesCompaction() {
    RecordingListener listener = new RecordingListener();
    watch("quiet/", 0, listener);
    put("a");
    store.compact(put("b"));
    long last = put("quiet/c");
    listener.awaitRevision(last);
    assertThat(listener.ended()).isFalse();
    assertThat(listener.lines()).containsExactly("PUT /registry/quiet/c@" + last);
  }

  @Test
  void tellsItsProgressWhenAsked() {
    RecordingListener listener = new RecordingListener();
    Watch watch = watch("quiet/", 0, listener);
    long last = put("a");
    watch.requestProgress();
    listener.awaitRevision(last);
    assertThat(listener.calls()).containsExactly(new RecordingListener.Call(last, List.of()));
    long next = put("quiet/b");
    watch.requestProgress();
    listener.awaitRevision(next);
    assertThat(listener.lines()).containsExactly("PUT /registry/quiet/b@" + next);
  }

  @Test
  void aClosedWatchIsSilent() {
    RecordingListener closed = new RecordingListener();
    RecordingListener open = new RecordingListener();
    Watch watch = watch("", 0, closed);
    watch("", 0, open);
    open.awaitRevision(put("a"));
    closed.awaitRevision(start + 1);
    watch.close();
    open.awaitRevision(put("b"));
    watch.requestProgress();
    watch.close();
    assertThat(closed.events()).hasSize(1);
    assertThat(closed.ended()).isFalse();
  }

  @Test
  void aSlowListenerHoldsUpNobody() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    RecordingListener kept = new RecordingListener();
    WatchListener slow =
        new WatchListener() {
          @Override
          public void onEvents(long revision, List<Event> events) {
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
    RecordingListener fast = new RecordingListener();
    watch("", 0, slow);
    watch("", 0, fast);
    long last = 0;
    for (int i = 0; i < 100; i++) {
      last = put("k" + i);
    }
    fast.awaitRevision(last);
    release.countDown();
    kept.awaitRevision(last);
    assertThat(kept.lines()).hasSize(100).isEqualTo(fast.lines());
  }

  @Test
  void missesAndRepeatsNothingUnderLoad() throws InterruptedException {
    int writers = 8;
    int writes = 200;
    List<RecordingListener> listeners = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < writes; i++) {
              put("w" + writer + "/" + i % 7);
            }
          }));
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int i = 0; i < 40; i++) {
      long from = random.nextLong(start, store.revision() + 1) + 1;
      RecordingListener listener = new RecordingListener();
      watch("", from, listener).requestProgress();
      starts.add(from);
      listeners.add(listener);
      put("probe");
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long last = put("last");
    for (int i = 0; i < listeners.size(); i++) {
      RecordingListener listener = listeners.get(i).awaitRevision(last);
      List<Long> expected = new ArrayList<>();
      for (long revision = starts.get(i); revision <= last; revision++) {
        expected.add(revision);
      }
      assertThat(listener.events()).extracting(Event::revision).isEqualTo(expected);
      assertThat(listener.calls())
          .extracting(RecordingListener.Call::revision)
          .isSortedAccordingTo(Long::compare);
    }
  }
}
