package io.tiphys.apiserver.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for the bodies of requests that are still being received, over all connections: nobody is
 * authenticated yet. What a handler has been given is not counted any more.
 */
final class BodyBudget {
  private final AtomicLong free;

  BodyBudget(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** Takes so many bytes; false, and nothing is taken, if there are not as many. */
  boolean take(long bytes) {
    if (free.addAndGet(-bytes) >= 0) {
      return true;
    }
    give(bytes);
    return false;
  }

  void give(long bytes) {
    free.addAndGet(bytes);
  }
}
