package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.store.KeyValue;
import io.tiphys.store.Op;
import io.tiphys.store.Range;
import io.tiphys.store.Store;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a store whose write-ahead log was torn by a power loss, or damaged. */
class TornLogTest {
  private static final int ROUNDS = 40;

  @TempDir(factory = MemoryDirectory.class)
  Path temp;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);

  /** The files of a store as a power loss at this moment would leave them. */
  private record Image(Path directory, Path log, long revision) {
    byte[] logBytes() throws IOException {
      return Files.readAllBytes(log);
    }
  }

  private Image before;
  private Image after;

  /** A store with some revisions, and the same with one more transaction of several keys. */
  @BeforeEach
  void writeStore() throws IOException {
    Path directory = temp.resolve("store");
    try (Store store = EmbeddedStore.open(directory)) {
      for (int i = 0; i < 40; i++) {
        write(store, i, 1 + random.nextInt(3000));
      }
      before = image(directory, "before", store.revision());
      write(store, 40, 50_000);
      after = image(directory, "after", store.revision());
    }
  }

  /** Each transaction sets three keys to the same text, which starts with its revision. */
  private static void write(Store store, int i, int length) {
    String text = (store.revision() + 1) + ":" + "x".repeat(length) + i;
    Value value = Value.of(text.getBytes(UTF_8));
    TxnResult result =
        store.txn(
            new Txn(
                List.of(),
                List.of(
                    new Op.Put("/a", value, 0),
                    new Op.Put("/b", value, 0),
                    new Op.Put("/c/" + i % 5, value, 0))));
    assertThat(result).isInstanceOf(TxnResult.Committed.class);
  }

  private Image image(Path store, String name, long revision) throws IOException {
    Path copy = copy(store, temp.resolve(name));
    List<Path> logs = new ArrayList<>();
    try (Stream<Path> files = Files.list(copy.resolve("rocksdb"))) {
      files.filter(file -> file.toString().endsWith(".log")).forEach(logs::add);
    }
    assertThat(logs).hasSize(1);
    return new Image(copy, logs.getFirst(), revision);
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolve("rocksdb"));
    Files.copy(from.resolve("acknowledged"), to.resolve("acknowledged"));
    try (Stream<Path> files = Files.list(from.resolve("rocksdb"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve("rocksdb").resolve(file.getFileName()));
      }
    }
    return to;
  }

  /** A copy of an image with another log. */
  private Path damaged(Image image, byte[] log, int round) throws IOException {
    Path directory = copy(image.directory(), temp.resolve("round" + round));
    Files.write(directory.resolve("rocksdb").resolve(image.log().getFileName()), log);
    return directory;
  }

  @Test
  void aTornLastTransactionIsThereWhollyOrNotAtAll() throws IOException {
    int known = before.logBytes().length;
    for (int round = 0; round < ROUNDS; round++) {
      int cut = random.nextInt(known, after.logBytes().length + 1);
      byte[] log = Arrays.copyOf(after.logBytes(), cut);
      if (random.nextBoolean() && cut > known) {
        // Pages are not written in order: a hole before the end.
        int hole = random.nextInt(known, cut);
        Arrays.fill(log, hole, Math.min(cut, hole + 4096), (byte) 0);
      }
      Path directory = damaged(before, log, round);
      try (Store store = EmbeddedStore.open(directory)) {
        boolean whole = Arrays.equals(log, after.logBytes());
        assertThat(store.revision()).isEqualTo(whole ? after.revision() : before.revision());
        requireConsistent(store);
        write(store, 1, 10);
      }
      try (Store store = EmbeddedStore.open(directory)) {
        requireConsistent(store);
      }
    }
  }

  @Test
  void garbageAtTheEndIsCutOff() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] log =
          Arrays.copyOf(before.logBytes(), before.logBytes().length + 1 + random.nextInt(5000));
      byte[] garbage = new byte[log.length - before.logBytes().length];
      random.nextBytes(garbage);
      System.arraycopy(garbage, 0, log, before.logBytes().length, garbage.length);
      try (Store store = EmbeddedStore.open(damaged(before, log, round))) {
        assertThat(store.revision()).isEqualTo(before.revision());
        requireConsistent(store);
      }
    }
  }

  @Test
  void damageToAcknowledgedChangesIsAnErrorThatNamesThem() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] log = after.logBytes().clone();
      if (round % 2 == 0) {
        log[random.nextInt(log.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        log = Arrays.copyOf(log, random.nextInt(log.length));
      }
      Path directory = damaged(after, log, round);
      Optional<StoreException> error = tryOpen(directory, after.revision());
      error.ifPresent(e -> {
        assertThat(e.kind()).isEqualTo(Kind.CORRUPT);
        assertThat(e).hasMessageContaining(directory.toString());
      });
      if (error.isPresent()) {
        // The way out that the message names; what is then there is a state that once was.
        Files.delete(directory.resolve("acknowledged"));
        assertThat(tryOpen(directory, 0)).isEmpty();
      }
    }
  }

  /** Opens and checks a store; returns why it could not be opened. */
  private static Optional<StoreException> tryOpen(Path directory, long atLeast) {
    try (Store store = EmbeddedStore.open(directory)) {
      assertThat(store.revision()).isGreaterThanOrEqualTo(atLeast);
      requireConsistent(store);
      return Optional.empty();
    } catch (StoreException e) {
      return Optional.of(e);
    }
  }

  private static void requireConsistent(Store store) {
    List<KeyValue> items = store.range(Range.prefix("/")).items();
    for (KeyValue item : items) {
      assertThat(new String(item.value().bytes(), UTF_8)).startsWith(item.modRevision() + ":");
    }
    if (!items.isEmpty()) {
      assertThat(items.getFirst().modRevision()).isEqualTo(store.revision());
      assertThat(items.get(1).modRevision()).isEqualTo(store.revision());
      assertThat(items).extracting(KeyValue::modRevision).contains(store.revision());
    }
  }
}
