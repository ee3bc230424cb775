package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.ResponseStream;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An exchange within the pipeline: what its work throws becomes a proper answer, and its place
 * among the requests in flight is given back with the answer. If the work takes too long the client
 * gets a 504, and what the work answers later is dropped.
 */
final class GuardedExchange implements Exchange {
  private final Exchange inner;
  private final RequestInfo info;
  private final Requests requests;
  private final InstantSource clock;
  private final Instant received;
  private final AtomicReference<@Nullable Runnable> release = new AtomicReference<>();
  private @Nullable Consumer<Throwable> failed;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile boolean expired;
  private @Nullable Deadlines deadlines;
  private Instant deadline = Instant.MAX;

  GuardedExchange(Exchange inner, RequestInfo info, Requests requests, InstantSource clock) {
    this.inner = inner;
    this.info = info;
    this.requests = requests;
    this.clock = clock;
    this.received = clock.instant();
  }

  /** What to do once the answer has begun; or now, if it has. */
  void onAnswer(Runnable action) {
    release.set(action);
  }

  /** Has work that is dispatched end by this time. */
  void limit(Deadlines all, Instant end) {
    deadlines = all;
    deadline = end;
  }

  /** Answers for work that has taken too long. */
  void expire(Instant now) {
    if (now.isBefore(deadline)) {
      return;
    }
    expired = true;
    if (begin(Reason.TIMEOUT.code())) {
      inner.respond(Response.error(Deadlines.expired()));
    }
  }

  /** What to do with failures. */
  void onFailure(Consumer<Throwable> action) {
    failed = action;
  }

  /** Whether the answer has begun. */
  boolean answered() {
    return answered.get();
  }

  /** Has a failure answered, by what was set for that or else by this. */
  void failed(Throwable failure, Consumer<Throwable> otherwise) {
    (failed == null ? otherwise : failed).accept(failure);
  }

  /** Returns whether this is the first answer. */
  private boolean begin(int status) {
    if (!answered.compareAndSet(false, true)) {
      return false;
    }
    if (deadlines != null) {
      deadlines.answered(this);
    }
    Runnable released = release.getAndSet(null);
    if (released != null) {
      released.run();
    }
    requests.answered(info, status, Duration.between(received, clock.instant()));
    return true;
  }

  @Override
  public void respond(Response response) {
    if (begin(response.status()) || !expired) {
      inner.respond(response);
    }
  }

  @Override
  public ResponseStream stream(int status, Headers headers, int capacity) {
    if (!begin(status) && expired) {
      throw Deadlines.expired();
    }
    return inner.stream(status, headers, capacity);
  }

  @Override
  public Duplex upgrade(Headers headers) {
    begin(101);
    return inner.upgrade(headers);
  }

  @Override
  public void dispatch(Runnable work) {
    if (deadlines != null) {
      deadlines.started(this);
    }
    inner.dispatch(() -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        failed(e, _ -> inner.respond(Response.error(ApiException.internal(e))));
      }
    });
  }

  @Override
  public byte[] body() {
    return inner.body();
  }

  @Override
  public InputStream bodyStream() {
    return inner.bodyStream();
  }

  @Override
  public String wantsUpgrade() {
    return inner.wantsUpgrade();
  }

  @Override
  public void onClosed(Runnable action) {
    inner.onClosed(action);
  }

  @Override
  public void onShutdown(Runnable action) {
    inner.onShutdown(action);
  }

  @Override
  public String method() {
    return inner.method();
  }

  @Override
  public String path() {
    return inner.path();
  }

  @Override
  public String query() {
    return inner.query();
  }

  @Override
  public String authority() {
    return inner.authority();
  }

  @Override
  public @Nullable String header(String name) {
    return inner.header(name);
  }

  @Override
  public Headers headers() {
    return inner.headers();
  }

  @Override
  public boolean http2() {
    return inner.http2();
  }

  @Override
  public InetSocketAddress remote() {
    return inner.remote();
  }

  @Override
  public InetSocketAddress local() {
    return inner.local();
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return inner.clientCertificates();
  }
}
