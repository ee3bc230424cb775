package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.store.Event;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Range;
import io.tiphys.store.RecordingListener;
import io.tiphys.store.Store;
import io.tiphys.store.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, again and again, and looks at what it leaves. {@code
 * -Dtiphys.crash.rounds} says how often, {@code -Dtiphys.crash.seed} when and what.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("tiphys.crash.rounds", 15);
  private static final long SEED = Long.getLong("tiphys.crash.seed", 1);
  private static final int WRITERS = 6;
  private static final int LONGEST_MILLIS = 500;

  @TempDir Path directory;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

  /** What the last look at the store has seen. */
  private long revision = 1;

  private final Map<String, KeyValue> seen = new HashMap<>();

  /** The number that a value of {@link CrashWriter} starts with. */
  static long number(Value value) {
    String text = new String(value.bytes(), UTF_8);
    return Long.parseLong(text.substring(0, text.indexOf(' ')));
  }

  /** A line of {@link CrashWriter}. */
  private record Ack(String writer, long number, long revision) {
    static Ack of(String line) {
      String[] parts = line.split(" ", -1);
      return new Ack(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }
  }

  @Test
  void keepsWhatItAcknowledged() throws Exception {
    long acknowledged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Ack> acks = writeAndKill(SEED * 100_000 + round);
      acknowledged += acks.size();
      try (Store store = EmbeddedStore.open(directory, CrashWriter.OPTIONS)) {
        check(store, acks);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", round " + round, e);
      }
    }
    System.out.printf("%d kills, %d acknowledged transactions%n", ROUNDS, acknowledged);
    assertThat(acknowledged).isPositive();
  }

  private List<Ack> writeAndKill(long seed) throws IOException, InterruptedException {
    Process process = CrashWriter.start(directory, seed, WRITERS);
    List<Ack> acks = new ArrayList<>();
    // Some die while they open the store.
    boolean early = random.nextInt(8) == 0;
    int millis = random.nextInt(LONGEST_MILLIS);
    try (BufferedReader output = process.inputReader()) {
      if (!early) {
        assertThat(output.readLine()).isEqualTo("open");
      }
      Thread killer =
          Thread.startVirtualThread(() -> {
            pause(millis);
            // Not Process.destroyForcibly, which drops what can still be read.
            process.toHandle().destroyForcibly();
          });
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.equals("open")) {
          acks.add(Ack.of(line));
        }
      }
      killer.join();
    }
    process.waitFor();
    return acks;
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check(Store store, List<Ack> acks) {
    long reached = acks.stream().mapToLong(Ack::revision).max().orElse(revision);
    assertThat(store.revision()).isGreaterThanOrEqualTo(Math.max(reached, revision));
    for (Ack ack : acks) {
      KeyValue last = store.get("/last/" + ack.writer()).orElseThrow();
      assertThat(number(last.value())).isGreaterThanOrEqualTo(ack.number());
    }
    Map<String, KeyValue> now = items(store);
    requireWholeTransactions(now);
    if (revision >= store.compactedRevision() - 1) {
      checkHistory(store, acks);
    }
    revision = store.revision();
    seen.clear();
    seen.putAll(now);
  }

  private static Map<String, KeyValue> items(Store store) {
    Map<String, KeyValue> items = new HashMap<>();
    store.range(Range.prefix("/")).items().forEach(item -> items.put(item.key(), item));
    return items;
  }

  /** What a writer's transaction set is there with the transaction's revision, up to its last. */
  private static void requireWholeTransactions(Map<String, KeyValue> items) {
    for (KeyValue item : items.values()) {
      String[] path = item.key().split("/", -1);
      if (!path[1].equals("last")) {
        KeyValue last = items.get("/last/" + path[1]);
        long number = number(item.value());
        assertThat(number).isLessThanOrEqualTo(number(last.value()));
        assertThat(number == number(last.value()))
            .isEqualTo(item.modRevision() == last.modRevision());
      }
    }
  }

  /** A watch from the last revision seen leads from the state then to the state now. */
  private void checkHistory(Store store, List<Ack> acks) {
    RecordingListener listener = new RecordingListener();
    store.watch("/", Range.endOf("/"), revision + 1, listener).requestProgress();
    listener.awaitRevision(store.revision());
    assertThat(listener.ended()).isFalse();
    Map<Long, Long> numbers = new HashMap<>();
    Map<String, KeyValue> state = new HashMap<>(seen);
    long expected = revision;
    for (Event event : listener.events()) {
      assertThat(event.revision()).isBetween(expected, expected + 1);
      expected = event.revision();
      String key = event.current().key();
      if (key.startsWith("/last/")) {
        numbers.put(event.revision(), number(event.current().value()));
      }
      if (event.type() == Event.Type.PUT) {
        state.put(key, event.current());
      } else {
        state.remove(key);
      }
    }
    assertThat(expected).isEqualTo(store.revision());
    assertThat(numbers).hasSize((int) (store.revision() - revision));
    for (Ack ack : acks) {
      assertThat(numbers.get(ack.revision())).isEqualTo(ack.number());
    }
    assertThat(state).usingRecursiveComparison().isEqualTo(items(store));
  }
}
