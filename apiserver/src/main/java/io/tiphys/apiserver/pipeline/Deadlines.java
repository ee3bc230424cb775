package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.ValueFormatException;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers 504 to requests whose work takes too long ({@code --request-timeout}, or less by the
 * query parameter {@code timeout}). Requests that last, such as watches, are not meant. One look a
 * second at what is under way costs less than a timer for each.
 */
public final class Deadlines {
  private final Set<GuardedExchange> running = ConcurrentHashMap.newKeySet();
  private final Duration longest;
  private final InstantSource clock;

  /**
   * @param longest upstream's default is a minute
   */
  public Deadlines(Duration longest, InstantSource clock, ScheduledExecutorService timer) {
    this.longest = longest;
    this.clock = clock;
    var _ = timer.scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * When a request must be answered.
   *
   * @throws ApiException BadRequest if its own wish makes no sense
   */
  Instant of(RequestContext context) {
    String asked = context.parameter("timeout");
    if (asked.isEmpty()) {
      return context.received().plus(longest);
    }
    try {
      Duration duration = GoDuration.parse(asked);
      boolean shorter = duration.isPositive() && duration.compareTo(longest) < 0;
      return context.received().plus(shorter ? duration : longest);
    } catch (ValueFormatException e) {
      throw ApiException.badRequest("invalid timeout specified in the request URL");
    }
  }

  void started(GuardedExchange exchange) {
    running.add(exchange);
  }

  void answered(GuardedExchange exchange) {
    running.remove(exchange);
  }

  private void sweep() {
    Instant now = clock.instant();
    for (GuardedExchange exchange : running) {
      exchange.expire(now);
    }
  }

  static ApiException expired() {
    return ApiException.of(
        Reason.TIMEOUT,
        "Timeout: request did not complete within the allotted timeout",
        JsonObject.EMPTY);
  }
}
