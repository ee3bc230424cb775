package io.tiphys.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Store} for keys, ranges, compaction and leases; each back end extends it.
 */
public abstract class StoreContract {
  protected static final String ROOT = "/registry/";

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

  static Value value(String text) {
    return Value.of(text.getBytes(UTF_8));
  }

  static String text(KeyValue item) {
    return new String(item.value().bytes(), UTF_8);
  }

  private static String key(String name) {
    return ROOT + name;
  }

  private long put(String name, String text) {
    return put(name, text, 0);
  }

  private long put(String name, String text, long lease) {
    return commit(new Op.Put(key(name), value(text), lease));
  }

  private long delete(String name) {
    return commit(new Op.Delete(key(name)));
  }

  private long commit(Op... ops) {
    return ((TxnResult.Committed) store.txn(new Txn(List.of(), List.of(ops)))).revision();
  }

  private static void assertFails(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private List<String> names(Range range) {
    return store.range(range).items().stream()
        .map(item -> item.key().substring(ROOT.length()) + "=" + text(item))
        .toList();
  }

  @Test
  void aNewStoreIsAtRevisionOneAndEmpty() {
    assertThat(store.revision()).isEqualTo(1);
    assertThat(store.compactedRevision()).isZero();
    assertThat(store.range(Range.prefix(ROOT)).items()).isEmpty();
    assertThat(store.get(key("a"))).isEmpty();
    assertThat(store.health().writable()).isTrue();
  }

  @Test
  void createsUpdatesAndDeletes() {
    Value first = value("1");
    assertThat(store.txn(Txn.create(key("a"), first)))
        .isEqualTo(new TxnResult.Committed(start + 1));
    KeyValue created = store.get(key("a")).orElseThrow();
    assertThat(created.createRevision()).isEqualTo(start + 1);
    assertThat(created.modRevision()).isEqualTo(start + 1);
    assertThat(created.version()).isEqualTo(1);
    assertThat(text(created)).isEqualTo("1");
    if (fixture.handsValuesThrough()) {
      assertThat(created.value()).isSameAs(first);
    }

    store.txn(Txn.update(key("a"), start + 1, value("2")));
    KeyValue updated = store.get(key("a")).orElseThrow();
    assertThat(updated.createRevision()).isEqualTo(start + 1);
    assertThat(updated.modRevision()).isEqualTo(start + 2);
    assertThat(updated.version()).isEqualTo(2);

    store.txn(Txn.delete(key("a"), start + 2));
    assertThat(store.get(key("a"))).isEmpty();
    assertThat(store.revision()).isEqualTo(start + 3);

    put("a", "3");
    KeyValue again = store.get(key("a")).orElseThrow();
    assertThat(again.createRevision()).isEqualTo(start + 4);
    assertThat(again.version()).isEqualTo(1);
  }

  @Test
  void aFailedConditionChangesNothingAndTellsTheCurrentState() {
    long a = put("a", "1");
    put("b", "1");
    Txn txn =
        new Txn(
            List.of(
                new Compare(key("b"), 99), new Compare(key("none"), 0), new Compare(key("a"), a)),
            List.of(new Op.Put(key("a"), value("2"), 0), new Op.Delete(key("b"))));
    TxnResult.Failed failed = (TxnResult.Failed) store.txn(txn);
    assertThat(failed.revision()).isEqualTo(store.revision()).isEqualTo(start + 2);
    assertThat(failed.current()).extracting(KeyValue::key).containsExactly(key("b"), key("a"));
    assertThat(names(Range.prefix(ROOT))).containsExactly("a=1", "b=1");
    assertThat(store.txn(Txn.create(key("a"), value("2")))).isInstanceOf(TxnResult.Failed.class);
  }

  @Test
  void aTransactionHasOneRevision() {
    put("gone", "1");
    long revision =
        commit(
            new Op.Put(key("a"), value("1"), 0),
            new Op.Delete(key("gone")),
            new Op.Put(key("b"), value("1"), 0));
    assertThat(revision).isEqualTo(start + 2);
    assertThat(store.range(Range.prefix(ROOT)).items())
        .extracting(KeyValue::modRevision)
        .containsExactly(revision, revision);
  }

  @Test
  void aTransactionWithoutChangesRaisesNoRevision() {
    long a = put("a", "1");
    assertThat(delete("none")).isEqualTo(a);
    assertThat(store.txn(new Txn(List.of(new Compare(key("a"), a)), List.of())))
        .isEqualTo(new TxnResult.Committed(a));
    assertThat(store.revision()).isEqualTo(a);
  }

  @Test
  void aTransactionCannotChangeAKeyTwice() {
    assertThatThrownBy(() ->
            new Txn(
                List.of(), List.of(new Op.Put(key("a"), value("1"), 0), new Op.Delete(key("a")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key("a"));
  }

  @Test
  void rangesAreInTheOrderOfUtf8Bytes() {
    List<String> ordered = List.of("a", "a/", "a/b", "a0", "é", "\uD7FF", "\uFFFD", "\uD83D\uDE00");
    for (String name : ordered.reversed()) {
      put(name, "");
    }
    assertThat(names(Range.prefix(ROOT))).containsExactly(withEmptyValues(ordered));
    assertThat(names(Range.prefix(ROOT + "a/"))).containsExactly("a/=", "a/b=");
    assertThat(names(Range.prefix(ROOT + "\uD7FF"))).containsExactly("\uD7FF=");
    assertThat(names(Range.prefix(""))).hasSize(ordered.size());
    assertThat(names(new Range(key("a/b"), key("é"), 0, 0))).containsExactly("a/b=", "a0=");
    assertThat(names(new Range(key("b"), key("a"), 0, 0))).isEmpty();
  }

  private static String[] withEmptyValues(List<String> names) {
    return names.stream().map(name -> name + "=").toArray(String[]::new);
  }

  @Test
  void limitedRangesTellTheWholeCount() {
    for (int i = 0; i < 10; i++) {
      put("k" + i, "");
    }
    put("other", "");
    RangeResult page = store.range(Range.prefix(ROOT + "k").limit(3));
    assertThat(page.items())
        .extracting(KeyValue::key)
        .containsExactly(key("k0"), key("k1"), key("k2"));
    assertThat(page.count()).isEqualTo(10);
    assertThat(page.more()).isTrue();
    assertThat(store.range(Range.prefix(ROOT + "k").limit(10)).more()).isFalse();
  }

  @Test
  void pagesAtARevisionDoNotSeeLaterChanges() {
    for (int i = 0; i < 6; i++) {
      put("k" + i, "old");
    }
    RangeResult first = store.range(Range.prefix(ROOT).limit(2));
    put("k3", "new");
    put("k25", "new");
    delete("k4");
    delete("k0");
    put("k0", "again");
    Range rest = new Range(key("k2"), Range.endOf(ROOT), first.revision(), 3);
    assertThat(names(rest)).containsExactly("k2=old", "k3=old", "k4=old");
    RangeResult page = store.range(rest);
    assertThat(page.count()).isEqualTo(4);
    assertThat(page.revision()).isEqualTo(store.revision());
    assertThat(names(Range.prefix(ROOT).at(first.revision())))
        .containsExactly("k0=old", "k1=old", "k2=old", "k3=old", "k4=old", "k5=old");
    assertThat(names(Range.prefix(ROOT).at(start))).isEmpty();
  }

  @Test
  void futureRevisionsCannotBeRead() {
    assertFails(
        Kind.FUTURE_REVISION, () -> store.range(Range.prefix(ROOT).at(store.revision() + 1)));
  }

  @Test
  void compactionForgetsThePast() {
    long one = put("a", "1");
    long two = put("a", "2");
    long three = put("a", "3");
    store.compact(two);
    assertThat(store.compactedRevision()).isEqualTo(two);
    assertFails(Kind.COMPACTED, () -> store.range(Range.prefix(ROOT).at(one)));
    assertThat(names(Range.prefix(ROOT).at(two))).containsExactly("a=2");
    assertThat(names(Range.prefix(ROOT).at(three))).containsExactly("a=3");
    assertFails(Kind.COMPACTED, () -> store.compact(two));
    assertFails(Kind.FUTURE_REVISION, () -> store.compact(three + 1));
    store.compact(three);
    assertThat(names(Range.prefix(ROOT))).containsExactly("a=3");
    assertThat(store.revision()).isEqualTo(three);
  }

  @Test
  void whatIsWrittenIsThereAfterReopening() {
    put("a", "1");
    put("a", "2");
    put("gone", "1");
    long lease = store.grantLease(Duration.ofMinutes(1));
    long leased = put("leased", "1", lease);
    delete("gone");
    store.compact(leased);
    List<KeyValue> before = store.range(Range.prefix(ROOT)).items();
    long revision = store.revision();

    store = fixture.reopened();

    assertThat(store.revision()).isEqualTo(revision);
    assertThat(store.compactedRevision()).isEqualTo(leased);
    assertThat(store.range(Range.prefix(ROOT)).items())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(before);
    assertThat(names(Range.prefix(ROOT).at(leased))).containsExactly("a=2", "gone=1", "leased=1");
    store.keepAlive(lease);
    fixture.pass(Duration.ofMinutes(2));
    assertThat(names(Range.prefix(ROOT))).containsExactly("a=2");
    assertThat(put("b", "1")).isEqualTo(revision + 2);
  }

  @Test
  void leasesDeleteTheirKeysWhenTheyExpire() {
    long lease = store.grantLease(Duration.ofSeconds(5));
    put("a", "1", lease);
    put("b", "1", lease);
    put("kept", "1", lease);
    put("kept", "2");
    long other = store.grantLease(Duration.ofMinutes(5));
    put("moved", "1", lease);
    put("moved", "2", other);
    assertThat(store.get(key("a")).orElseThrow().lease()).isEqualTo(lease);

    fixture.pass(Duration.ofSeconds(3));
    store.keepAlive(lease);
    fixture.pass(Duration.ofSeconds(3));
    assertThat(names(Range.prefix(ROOT))).hasSize(4);

    long before = store.revision();
    fixture.pass(Duration.ofSeconds(6));
    assertThat(names(Range.prefix(ROOT))).containsExactly("kept=2", "moved=2");
    assertThat(store.revision()).isEqualTo(before + 1);
    assertFails(Kind.LEASE_NOT_FOUND, () -> store.keepAlive(lease));
    assertFails(Kind.LEASE_NOT_FOUND, () -> put("a", "1", lease));
  }

  @Test
  void revokingALeaseDeletesItsKeysAtOneRevision() {
    long lease = store.grantLease(Duration.ofMinutes(1));
    put("a", "1", lease);
    put("b", "1", lease);
    long before = store.revision();
    store.revokeLease(lease);
    assertThat(names(Range.prefix(ROOT))).isEmpty();
    assertThat(store.revision()).isEqualTo(before + 1);
    assertFails(Kind.LEASE_NOT_FOUND, () -> store.revokeLease(lease));
  }

  @Test
  void anUnknownLeaseFailsTheWholeTransaction() {
    assertFails(
        Kind.LEASE_NOT_FOUND,
        () -> commit(new Op.Put(key("a"), value("1"), 0), new Op.Put(key("b"), value("1"), 4711)));
    assertThat(names(Range.prefix(ROOT))).isEmpty();
    assertThat(store.revision()).isEqualTo(start);
  }

  @Test
  void concurrentUpdatesLoseNothing() throws InterruptedException {
    long writers = 16;
    long updates = 50;
    put("counter", "0");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int n = 0; n < updates; n++) {
              increment();
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    KeyValue counter = store.get(key("counter")).orElseThrow();
    assertThat(text(counter)).isEqualTo(String.valueOf(writers * updates));
    assertThat(counter.version()).isEqualTo(writers * updates + 1);
    assertThat(store.revision()).isEqualTo(start + 1 + writers * updates);
  }

  private void increment() {
    TxnResult result;
    do {
      KeyValue current = store.get(key("counter")).orElseThrow();
      String next = String.valueOf(Integer.parseInt(text(current)) + 1);
      result = store.txn(Txn.update(current.key(), current.modRevision(), value(next)));
    } while (result instanceof TxnResult.Failed);
  }

  @Test
  void aClosedStoreSaysSo() {
    RecordingListener listener = new RecordingListener();
    store.watch(ROOT, Range.endOf(ROOT), 0, listener);
    store.close();
    assertThat(listener.awaitEnd().kind()).isEqualTo(Kind.UNAVAILABLE);
    assertFails(Kind.UNAVAILABLE, () -> put("a", "1"));
    assertFails(Kind.UNAVAILABLE, () -> store.get(key("a")));
    assertThat(store.health().writable()).isFalse();
    store.close();
  }
}
