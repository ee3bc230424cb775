package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.http.ResponseStream;
import io.tiphys.apiserver.http.WebSocket;
import io.tiphys.apiserver.registry.ChangeReader;
import io.tiphys.apiserver.registry.ResourceCache;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.registry.WatchStart;
import io.tiphys.apiserver.representation.EventEncoder;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One watch: reads changes and writes them to the client while there is room. It keeps no queue: a
 * slow client's place in the log stays behind, and once the log has moved on past it the watch ends
 * with 410, so that the client lists again.
 */
final class WatchStream {
  private static final Duration BOOKMARKS = Duration.ofMinutes(1);

  private final Call call;
  private final ResourceCache resource;
  private final WatchCache cache;
  private final String prefix;
  private final Selection selection;
  private final EventEncoder encoder;
  private final boolean bookmarks;

  /** Counts reasons to look for changes; whoever raises it from 0 looks. */
  private final AtomicInteger work = new AtomicInteger();

  private final Runnable wake = this::pump;
  private volatile boolean blocked;
  private volatile boolean bookmarkDue;
  private volatile boolean endDue;
  private boolean ended;
  private @Nullable ChangeReader reader;
  private @Nullable ResponseStream stream;

  WatchStream(
      Call call,
      ResourceCache resource,
      WatchCache cache,
      String prefix,
      Selection selection,
      EventEncoder encoder,
      boolean bookmarks) {
    this.call = call;
    this.resource = resource;
    this.cache = cache;
    this.prefix = prefix;
    this.selection = selection;
    this.encoder = encoder;
    this.bookmarks = bookmarks;
  }

  /**
   * Answers the request and goes on until its lifetime is over or the client goes away. For a
   * client that wants a WebSocket it blocks that long, so it must be on a virtual thread then.
   */
  void open(WatchStart start, ScheduledExecutorService timer, Duration lifetime) {
    if (WebSocket.isWanted(call.exchange())) {
      WebSocketStream socket = WebSocketStream.accept(call.exchange());
      open(socket, start, timer, lifetime);
      socket.run();
      return;
    }
    ResponseStream out =
        call.exchange().stream(
            200,
            Answers.headers(call.context(), call.output().contentType(true)),
            ResponseStream.WATCH);
    open(out, start, timer, lifetime);
  }

  private void open(
      ResponseStream out, WatchStart start, ScheduledExecutorService timer, Duration lifetime) {
    stream = out;
    Optional<ChangeReader> opened =
        ChangeReader.open(
            resource,
            start,
            prefix,
            selection.isEverything() ? _ -> true : object -> selection.matches(object.tree()));
    if (opened.isEmpty()) {
      out.write(encoder.error(tooOld(start).status()));
      out.end();
      return;
    }
    reader = opened.get();
    resource.addWatcher(call.exchange().remote(), wake);
    ScheduledFuture<?> end =
        timer.schedule(this::endSoon, lifetime.toMillis(), TimeUnit.MILLISECONDS);
    ScheduledFuture<?> bookmark =
        bookmarks
            ? timer.scheduleAtFixedRate(
                this::bookmarkSoon,
                BOOKMARKS.toMillis(),
                BOOKMARKS.toMillis(),
                TimeUnit.MILLISECONDS)
            : end;
    call.exchange()
        .onClosed(() -> {
          resource.removeWatcher(wake);
          end.cancel(false);
          bookmark.cancel(false);
        });
    call.exchange().onShutdown(this::endSoon);
    out.onWritable(() -> {
      blocked = false;
      pump();
    });
    pump();
  }

  private ApiException tooOld(WatchStart start) {
    long asked = start instanceof WatchStart.After(long revision) ? revision : 0;
    return ApiException.of(
        Reason.EXPIRED,
        "too old resource version: " + asked + " (" + ChangeReader.floor(resource) + ")");
  }

  private void bookmarkSoon() {
    bookmarkDue = true;
    pump();
  }

  private void endSoon() {
    endDue = true;
    pump();
  }

  /** Sends what there is; one thread at a time, others leave word. */
  private void pump() {
    if (work.getAndIncrement() != 0) {
      return;
    }
    int seen;
    do {
      seen = work.get();
      if (reader != null && stream != null && !ended) {
        send(reader, stream);
      }
    } while (work.addAndGet(-seen) != 0);
  }

  private void send(ChangeReader from, ResponseStream out) {
    // Read before the changes: all changes up to it have been sent when the reader is idle.
    long reached = cache.revision();
    while (!blocked) {
      switch (from.next()) {
        case ChangeReader.Step.Report(var type, var object, var event) ->
            write(out, encoder.object(type, object, event));
        case ChangeReader.Step.InitialEnd(long revision) -> {
          if (bookmarks) {
            write(out, encoder.bookmark(revision, true));
          }
        }
        case ChangeReader.Step.Idle _ -> {
          idle(out, reached);
          return;
        }
        case ChangeReader.Step.Lost _ -> {
          out.write(
              encoder.error(
                  ApiException.of(
                          Reason.EXPIRED, "the watch is too far behind; list and watch again")
                      .status()));
          end(out);
          return;
        }
      }
    }
    if (endDue || from.isLost()) {
      end(out);
    }
  }

  private void idle(ResponseStream out, long reached) {
    if (bookmarks && (bookmarkDue || endDue)) {
      bookmarkDue = false;
      write(out, encoder.bookmark(reached, false));
    }
    if (endDue) {
      end(out);
    }
  }

  private void write(ResponseStream out, byte[] bytes) {
    // First, since room may be there again before write has returned.
    blocked = true;
    if (out.write(bytes)) {
      blocked = false;
    }
  }

  private void end(ResponseStream out) {
    ended = true;
    out.end();
  }
}
