package io.tiphys.apiserver.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource's latest changes, so that a watch can start a little in the past and read at its own
 * pace. One thread writes; any number read without locks.
 */
final class EventLog {
  /** More changes than this are never kept. */
  static final int MOST = 8192;

  /** This many are kept however old they are. */
  static final int LEAST = 100;

  /** Beyond the least, changes are kept this long; upstream's {@code eventFreshDuration}. */
  static final Duration FRESH = Duration.ofSeconds(75);

  private final InstantSource clock;
  private volatile ChangeEvent oldest;
  private volatile ChangeEvent newest;
  private volatile long oldestSequence;
  private volatile long floor;

  /**
   * @param floor the revision from which on all changes will be appended
   */
  EventLog(InstantSource clock, long floor) {
    this.clock = clock;
    this.floor = floor;
    this.oldest = new ChangeEvent(0, floor, null, null, 0);
    this.newest = oldest;
  }

  void append(long revision, @Nullable CachedObject previous, @Nullable CachedObject current) {
    long now = clock.millis();
    ChangeEvent last = newest;
    ChangeEvent event = new ChangeEvent(last.sequence() + 1, revision, previous, current, now);
    last.setNext(event);
    newest = event;
    while (tooLong(event, now)) {
      dropOldest();
    }
  }

  private boolean tooLong(ChangeEvent last, long now) {
    long kept = last.sequence() - oldestSequence;
    return kept > MOST || (kept > LEAST && now - oldest.atMillis() > FRESH.toMillis());
  }

  private void dropOldest() {
    ChangeEvent gone = oldest;
    ChangeEvent follower = gone.next();
    if (follower == null) {
      return;
    }
    oldest = follower;
    // In this order: whoever finds the chain cut must see that it is outdated.
    oldestSequence = follower.sequence();
    floor = follower.revision();
    gone.setNext(null);
  }

  /** The newest change: what is appended from now on comes after it. */
  ChangeEvent end() {
    return newest;
  }

  /** All changes after this revision are still here. */
  long floor() {
    return floor;
  }

  /** The place after which all changes later than a revision come; empty if some are gone. */
  Optional<ChangeEvent> after(long revision) {
    ChangeEvent place = oldest;
    if (revision < floor) {
      return Optional.empty();
    }
    for (ChangeEvent e = place.next(); e != null && e.revision() <= revision; e = e.next()) {
      place = e;
    }
    return outdated(place) ? Optional.empty() : Optional.of(place);
  }

  /** Whether changes after this place may be gone. */
  boolean outdated(ChangeEvent place) {
    return place.sequence() < oldestSequence;
  }
}
