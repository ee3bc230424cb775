package io.tiphys.store.embedded;

import io.tiphys.store.Op;
import io.tiphys.store.Range;
import io.tiphys.store.Store;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.Value;
import io.tiphys.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints what the stores do per second beside what the disk alone does: {@code StoreLoad DIRECTORY
 * [SECONDS] [WRITERS] [BYTES]}.
 */
public final class StoreLoad {
  private StoreLoad() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int writers = args.length > 2 ? Integer.parseInt(args[2]) : 64;
    int bytes = args.length > 3 ? Integer.parseInt(args[3]) : 1024;
    double disk = syncsPerSecond(directory, writers * bytes);
    System.out.printf("disk: %.0f appends of %d bytes with fdatasync/s%n", disk, writers * bytes);
    try (Store memory = new MemoryStore()) {
      load("memory warm-up", memory, seconds, writers, bytes, disk);
      load("memory", memory, seconds, writers, bytes, disk);
    }
    long opening = System.nanoTime();
    try (Store embedded = EmbeddedStore.open(directory.resolve("store"))) {
      System.out.printf("opened in %d ms%n", (System.nanoTime() - opening) / 1_000_000);
      load("embedded creates", embedded, seconds, writers, bytes, disk);
      load("embedded updates", embedded, seconds, writers, bytes, disk);
      System.out.println(
          embedded.health()
              + ", live "
              + embedded.range(Range.prefix("/")).items().stream()
                  .mapToLong(i -> i.value().bytes().length)
                  .sum());
    }
    opening = System.nanoTime();
    try (Store embedded = EmbeddedStore.open(directory.resolve("store"))) {
      System.out.printf(
          "reopened %d keys in %d ms%n",
          embedded.range(Range.prefix("/").limit(1)).count(),
          (System.nanoTime() - opening) / 1_000_000);
    }
  }

  private static double syncsPerSecond(Path directory, int bytes) throws IOException {
    Path path = Files.createTempFile(directory, "probe", null);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
      int rounds = 500;
      long start = System.nanoTime();
      for (int i = 0; i < rounds; i++) {
        file.write(buffer.clear());
        file.force(false);
      }
      return rounds * 1e9 / (System.nanoTime() - start);
    } finally {
      Files.delete(path);
    }
  }

  private static void load(
      String name, Store store, int seconds, int writers, int bytes, double disk)
      throws InterruptedException {
    boolean updates = name.endsWith("updates");
    AtomicLong done = new AtomicLong();
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    long[] latencies = new long[1 << 20];
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      threads.add(
          Thread.startVirtualThread(() -> {
            long i = 0;
            while (System.nanoTime() < end) {
              byte[] value = new byte[bytes];
              Arrays.fill(value, (byte) i);
              String key =
                  "/registry/configmaps/default/"
                      + name.charAt(0)
                      + writer
                      + "-"
                      + (updates ? i % 100 : i);
              long before = System.nanoTime();
              TxnResult result =
                  store.txn(new Txn(List.of(), List.of(new Op.Put(key, Value.of(value), 0))));
              if (result instanceof TxnResult.Committed) {
                int slot = (int) done.getAndIncrement();
                latencies[slot % latencies.length] = System.nanoTime() - before;
              }
              i++;
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double perSecond = done.get() * 1e9 / (System.nanoTime() - start);
    long used = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() - cpu;
    long[] sorted = Arrays.copyOf(latencies, (int) Math.min(done.get(), latencies.length));
    Arrays.sort(sorted);
    System.out.printf(
        "%s: %.0f txn/s (%.1f per fdatasync of the disk alone), p50 %d us, p99 %d us, %.1f us cpu/txn%n",
        name,
        perSecond,
        perSecond / disk,
        sorted[sorted.length / 2] / 1000,
        sorted[sorted.length * 99 / 100] / 1000,
        used / 1e3 / done.get());
  }
}
