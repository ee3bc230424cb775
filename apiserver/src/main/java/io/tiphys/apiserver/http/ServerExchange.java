package io.tiphys.apiserver.http;

import io.tiphys.model.status.ApiException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What exchanges of both protocol versions have in common: being answered once, and ending. */
abstract class ServerExchange implements Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(ServerExchange.class);

  private final ServerContext server;
  private final Peer peer;
  private final Outbox outbox;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final Signal closed = new Signal();
  private final Signal shutdown = new Signal();
  private byte[] body = BodyBuffer.EMPTY;
  private @Nullable InboundBytes bodyStream;
  private volatile @Nullable StreamOutput output;

  ServerExchange(ServerContext server, Peer peer, Outbox outbox) {
    this.server = server;
    this.peer = peer;
    this.outbox = outbox;
  }

  /** Sends a complete response; on the event loop. */
  abstract void send(Response response);

  /** Sends the head of a streamed response; on the event loop. */
  abstract void sendHead(int status, Headers headers);

  /** Forgets what was gathered of a body that will not be complete any more. */
  abstract void dropBody();

  /** How the streamed body is sent. */
  abstract StreamOutput.Wire wire();

  // ---- for the connection, on its event loop

  final void handle(byte[] gathered) {
    body = gathered;
    try {
      server.handler().handle(this);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  final void handleStreaming(InboundBytes bytes) {
    bodyStream = bytes;
    handle(BodyBuffer.EMPTY);
  }

  final void refuse(ApiException why) {
    try {
      server.handler().refuse(this, why);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  final boolean isAnswered() {
    return answered.get();
  }

  /** The exchange is over. */
  final void close() {
    dropBody();
    StreamOutput stream = output;
    if (stream != null) {
      stream.close();
    }
    if (bodyStream != null) {
      bodyStream.fail("the client has closed the connection");
    }
    closed.fire();
  }

  /** The server begins to stop. */
  final void announceShutdown() {
    shutdown.fire();
  }

  // ---- for the handler, on any thread

  @Override
  public final InetSocketAddress remote() {
    return peer.remote();
  }

  @Override
  public final InetSocketAddress local() {
    return peer.local();
  }

  @Override
  public final List<X509Certificate> clientCertificates() {
    return peer.certificates();
  }

  @Override
  public final byte[] body() {
    return body;
  }

  @Override
  public final InputStream bodyStream() {
    InboundBytes stream = bodyStream;
    if (stream == null) {
      throw new IllegalStateException("this request's body was gathered: use body()");
    }
    return stream;
  }

  @Override
  public final void respond(Response response) {
    answer();
    outbox.run(() -> send(response));
  }

  @Override
  public final ResponseStream stream(int status, Headers headers, int capacity) {
    answer();
    outbox.run(() -> sendHead(status, headers));
    return open(capacity, wire());
  }

  final StreamOutput open(int capacity, StreamOutput.Wire wire) {
    StreamOutput stream = new StreamOutput(capacity, outbox, wire);
    output = stream;
    if (closed.hasFired()) {
      stream.close();
    }
    return stream;
  }

  final void answer() {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException(method() + " " + path() + " was answered already");
    }
  }

  @Override
  public final void dispatch(Runnable work) {
    server
        .threads()
        .newThread(() -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            fail(e);
          }
        })
        .start();
  }

  /** A handler's defect: the client gets 500, or notices that the response is incomplete. */
  private void fail(Throwable defect) {
    ApiException error = defect instanceof ApiException api ? api : ApiException.internal(defect);
    if (error != defect) {
      LOG.error("{} {} failed", method(), path(), defect);
    }
    StreamOutput stream = output;
    if (answered.compareAndSet(false, true)) {
      Response response = Response.error(error);
      outbox.run(() -> send(response));
    } else if (stream != null) {
      stream.abort();
    }
  }

  @Override
  public final void onClosed(Runnable action) {
    closed.onFire(action);
  }

  @Override
  public final void onShutdown(Runnable action) {
    shutdown.onFire(action);
  }
}
