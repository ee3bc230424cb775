package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.http.WebSocket;
import io.tiphys.apiserver.registry.ResourceCache;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.registry.WatchStart;
import io.tiphys.apiserver.representation.EventEncoder;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.request.ListOptions;
import io.tiphys.apiserver.request.ResourceVersions;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** Answers watches. */
final class Watches {
  /** Without {@code timeoutSeconds} a watch ends after once to twice this long. */
  private static final Duration SHORTEST = Duration.ofMinutes(30);

  private final WatchCache cache;
  private final Objects objects;
  private final Representation representation;
  private final ScheduledExecutorService timer;

  Watches(
      WatchCache cache,
      Objects objects,
      Representation representation,
      ScheduledExecutorService timer) {
    this.cache = cache;
    this.objects = objects;
    this.representation = representation;
    this.timer = timer;
  }

  /** May be called on the event loop; goes on elsewhere if the start takes waiting. */
  void watch(Call call) {
    ListOptions options = ListOptions.of(call.context().parameters(), true);
    Selection selection =
        Selection.of(call.type(), options.labelSelector(), options.fieldSelector(), call.info());
    long from = ResourceVersions.parse(options.resourceVersion());
    boolean bookmarkEnds = options.sendInitialEvents().orElse(false);
    boolean latest = options.resourceVersion().isEmpty() && !cache.alwaysFresh();
    boolean waits =
        latest || (bookmarkEnds && from > cache.revision()) || WebSocket.isWanted(call.exchange());
    Runnable open =
        () -> {
          if (latest) {
            cache.awaitFresh();
          } else if (bookmarkEnds) {
            cache.awaitAtLeast(from);
          }
          open(call, options, selection, from);
        };
    if (waits) {
      call.exchange().dispatch(open);
    } else {
      open.run();
    }
  }

  private void open(Call call, ListOptions options, Selection selection, long from) {
    ResourceCache resource = objects.cache(call.type());
    WatchStart start = start(options, from);
    EventEncoder encoder = representation.events(call.type(), call.output(), call.context());
    String prefix = call.type().prefix(call.namespace());
    WatchStream stream =
        new WatchStream(
            call, resource, cache, prefix, selection, encoder, options.allowWatchBookmarks());
    stream.open(start, timer, lifetime(options.timeoutSeconds()));
  }

  private static WatchStart start(ListOptions options, long from) {
    if (options.sendInitialEvents().isPresent()) {
      return options.sendInitialEvents().get()
          ? new WatchStart.State(true)
          : from == 0 ? new WatchStart.Now() : new WatchStart.After(from);
    }
    return from == 0 ? new WatchStart.State(false) : new WatchStart.After(from);
  }

  private static Duration lifetime(long timeoutSeconds) {
    return timeoutSeconds > 0
        ? Duration.ofSeconds(timeoutSeconds)
        : Duration.ofSeconds(
            ThreadLocalRandom.current().nextLong(SHORTEST.toSeconds(), 2 * SHORTEST.toSeconds()));
  }
}
