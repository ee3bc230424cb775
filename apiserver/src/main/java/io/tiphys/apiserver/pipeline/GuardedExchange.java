package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.ResponseStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An exchange within the pipeline: what its work throws becomes a proper answer, and its place
 * among the requests in flight is given back with the answer.
 */
final class GuardedExchange implements Exchange {
  private static final Runnable NOTHING = () -> {};

  private final Exchange inner;
  private final AtomicReference<Runnable> release = new AtomicReference<>(NOTHING);
  private Consumer<Throwable> failed = _ -> {};
  private volatile boolean answered;

  GuardedExchange(Exchange inner) {
    this.inner = inner;
  }

  /** What to do once the answer has begun; or now, if it has. */
  void onAnswer(Runnable action) {
    release.set(action);
  }

  /** What to do with failures. */
  void onFailure(Consumer<Throwable> action) {
    failed = action;
  }

  /** Whether the answer has begun. */
  boolean answered() {
    return answered;
  }

  private void answering() {
    answered = true;
    release.getAndSet(NOTHING).run();
  }

  @Override
  public void respond(Response response) {
    answering();
    inner.respond(response);
  }

  @Override
  public ResponseStream stream(int status, Headers headers, int capacity) {
    answering();
    return inner.stream(status, headers, capacity);
  }

  @Override
  public Duplex upgrade(Headers headers) {
    answering();
    return inner.upgrade(headers);
  }

  @Override
  @SuppressWarnings("CatchingUnchecked")
  public void dispatch(Runnable work) {
    inner.dispatch(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            failed.accept(e);
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
