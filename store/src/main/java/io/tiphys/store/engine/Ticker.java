package io.tiphys.store.engine;

import java.time.Duration;

/** What calls a store's housekeeping now and then. */
@FunctionalInterface
public interface Ticker {

  /**
   * Starts to call.
   *
   * @return stops it
   */
  Runnable start(Runnable housekeeping);

  /** Calls at fixed pauses, on a virtual thread. */
  static Ticker every(Duration pause) {
    return housekeeping -> {
      Thread thread =
          Thread.ofVirtual().name("store-ticker").start(() -> repeat(pause, housekeeping));
      return thread::interrupt;
    };
  }

  private static void repeat(Duration pause, Runnable housekeeping) {
    try {
      while (true) {
        Thread.sleep(pause);
        housekeeping.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
