package io.tiphys.cli;

import io.tiphys.server.ControlPlane;
import io.tiphys.server.ServerOptions;
import java.util.concurrent.CountDownLatch;

/** Runs a control plane until the process is told to stop (SIGTERM, SIGINT). */
final class ServerRun {
  private ServerRun() {}

  /** Returns when all requests have been answered or given their end, and the store is closed. */
  static int untilStopped(ServerOptions options) {
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(() -> {
              stopped.countDown();
              awaitQuietly(closed);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try (ControlPlane _ = ControlPlane.start(options)) {
      awaitQuietly(stopped);
      return 0;
    } finally {
      closed.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
