package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tiphys.store.Op;
import io.tiphys.store.Store;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.Value;
import io.tiphys.store.engine.HistoryLimits;
import io.tiphys.store.engine.LocalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The process that {@link CrashTest} kills: several threads write transactions of several keys and
 * print a line for each when it is acknowledged.
 *
 * <p>Transaction {@code n} of writer {@code w} sets {@code /w/KEY} for some keys, and {@code
 * /last/w}, to {@code "n ..."}, or deletes {@code /w/KEY}; its line is {@code "w n revision"}.
 */
final class CrashWriter {
  static final int KEYS = 8;
  static final LocalOptions OPTIONS =
      LocalOptions.standard().withHistory(new HistoryLimits(Duration.ofMinutes(5), 2_000, 2 << 20));

  private CrashWriter() {}

  /** Starts the process; its first line of output is {@code open}. */
  static Process start(Path directory, long seed, int writers) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            CrashWriter.class.getName(),
            directory.toString(),
            String.valueOf(seed),
            String.valueOf(writers))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] args) throws InterruptedException {
    Store store = EmbeddedStore.open(Path.of(args[0]), OPTIONS);
    print("open");
    long seed = Long.parseLong(args[1]);
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < Integer.parseInt(args[2]); w++) {
      int writer = w;
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + writer);
      threads.add(Thread.startVirtualThread(() -> write(store, writer, random)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void write(Store store, int writer, RandomGenerator random) {
    long n =
        store.get("/last/" + writer).map(item -> CrashTest.number(item.value()) + 1).orElse(1L);
    while (true) {
      String text = n + " " + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 60_000 : 600));
      Value value = Value.of(text.getBytes(UTF_8));
      List<Op> ops = new ArrayList<>();
      ops.add(new Op.Put("/last/" + writer, value, 0));
      for (int key = 0; key < KEYS; key++) {
        switch (random.nextInt(6)) {
          case 0, 1 -> ops.add(new Op.Put("/" + writer + "/" + key, value, 0));
          case 2 -> ops.add(new Op.Delete("/" + writer + "/" + key));
          default -> {}
        }
      }
      TxnResult.Committed done = (TxnResult.Committed) store.txn(new Txn(List.of(), ops));
      print(writer + " " + n + " " + done.revision());
      n++;
    }
  }

  /** Prints a line with one system call, so that a kill cannot leave lines in a buffer. */
  private static synchronized void print(String line) {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
