package io.tiphys.store.engine;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a store within the process works.
 *
 * @param clock for leases and the age of history
 * @param ticker how often leases are expired, history is compacted and a failed disk is tried again
 * @param history what is kept for reads of past revisions and watches
 */
public record LocalOptions(InstantSource clock, Ticker ticker, HistoryLimits history) {
  /** The system's clock, housekeeping twice a second. */
  public static LocalOptions standard() {
    return new LocalOptions(
        InstantSource.system(), Ticker.every(Duration.ofMillis(500)), HistoryLimits.DEFAULT);
  }

  public LocalOptions withHistory(HistoryLimits limits) {
    return new LocalOptions(clock, ticker, limits);
  }
}
