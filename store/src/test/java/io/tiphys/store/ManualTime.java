package io.tiphys.store;

import io.tiphys.store.engine.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that passes only when told to. */
public final class ManualTime implements InstantSource, Ticker {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicReference<Runnable> housekeeping = new AtomicReference<>(() -> {});

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public Runnable start(Runnable toCall) {
    housekeeping.set(toCall);
    return () -> housekeeping.set(() -> {});
  }

  public void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    housekeeping.get().run();
  }
}
