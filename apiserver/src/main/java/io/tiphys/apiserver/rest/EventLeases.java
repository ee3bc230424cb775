package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets events vanish after a while ({@code --event-ttl}). Events of the same minute share a lease,
 * since each would cost the store a timer of its own.
 */
final class EventLeases {
  private static final Duration SHARED = Duration.ofMinutes(1);

  private final Store store;
  private final InstantSource clock;
  private final Duration timeToLive;
  private final ReentrantLock lock = new ReentrantLock();
  private Instant renewAt = Instant.MIN;
  private long lease;

  EventLeases(Store store, InstantSource clock, Duration timeToLive) {
    this.store = store;
    this.clock = clock;
    this.timeToLive = timeToLive;
  }

  /** The lease for a new object of this type; 0 if it is to stay. */
  long leaseFor(ResourceType type) {
    return type.storagePrefix().equals("events") ? current() : 0;
  }

  private long current() {
    lock.lock();
    try {
      Instant now = clock.instant();
      if (!now.isBefore(renewAt)) {
        lease = store.grantLease(timeToLive.plus(SHARED));
        renewAt = now.plus(SHARED);
      }
      return lease;
    } finally {
      lock.unlock();
    }
  }
}
