package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.model.status.ApiException;
import java.util.concurrent.Semaphore;

/**
 * Bounds the requests that are being worked on ({@code --max-requests-inflight}, {@code
 * --max-mutating-requests-inflight}). Requests that last, such as watches, do not count.
 */
public final class InFlight {
  /** Upstream's defaults. */
  public static final int READING = 400;

  public static final int MUTATING = 200;

  private final Semaphore reading;
  private final Semaphore mutating;

  /** 0 is no limit. */
  public InFlight(int readingMost, int mutatingMost) {
    reading = new Semaphore(readingMost == 0 ? Integer.MAX_VALUE : readingMost);
    mutating = new Semaphore(mutatingMost == 0 ? Integer.MAX_VALUE : mutatingMost);
  }

  /**
   * Takes a place.
   *
   * @return what gives it back
   * @throws ApiException TooManyRequests
   */
  Runnable enter(RequestInfo info) {
    if (isLong(info)) {
      return () -> {};
    }
    boolean reads = info.readOnly() || (!info.resourceRequest() && info.verb().equals("get"));
    Semaphore places = reads ? reading : mutating;
    if (!places.tryAcquire()) {
      throw ApiException.tooManyRequests("Too many requests, please try again later.", 1);
    }
    return places::release;
  }

  /** Upstream's {@code BasicLongRunningRequestCheck}. */
  static boolean isLong(RequestInfo info) {
    if (!info.resourceRequest()) {
      return info.path().startsWith("/debug/pprof/");
    }
    return switch (info.verb()) {
      case "watch", "proxy" -> true;
      default ->
          switch (info.subresource()) {
            case "attach", "exec", "proxy", "log", "portforward" -> true;
            default -> false;
          };
    };
  }
}
