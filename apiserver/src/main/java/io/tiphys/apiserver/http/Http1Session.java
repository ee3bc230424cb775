package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 connection: one exchange after the other. Requests that a client sends before it has
 * its answers wait, decoded, until their turn comes.
 */
final class Http1Session extends ChannelInboundHandlerAdapter implements Session {
  private static final Logger LOG = LoggerFactory.getLogger(Http1Session.class);
  private static final String DECODER = "http1-decoder";

  /** Pieces of later requests that may wait; more stop the reading. */
  private static final int MAX_WAITING = 64;

  /** Bytes of a streamed body or of another protocol that may wait; more stop the reading. */
  private static final int PAUSE = 256 * 1024;

  /** How long a client that was answered early may pause in sending the rest of its request. */
  private static final int LINGER_MILLIS = 500;

  /** How much of such a request is read and thrown away, so that the client sees the answer. */
  private static final long MAX_DISCARDED = 32L * 1024 * 1024;

  private final ServerContext server;
  private final Peer peer;
  private final Deque<HttpObject> waiting = new ArrayDeque<>();
  private final Stall stall = new Stall();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Outbox outbox;
  private @Nullable Http1Exchange current;
  private @Nullable InboundBytes raw; // after an upgrade
  private long since; // when what we wait for began
  private boolean anyRequest;
  private boolean accepting; // a loop in acceptWaiting is running
  private boolean closing; // discard what comes
  private long discarded; // bytes
  private boolean stopping;
  private volatile boolean paused; // reading stopped until a reader has made room

  Http1Session(ServerContext server, Peer peer) {
    this.server = server;
    this.peer = peer;
  }

  /** The decoder in front of this handler. */
  static HttpRequestDecoder decoder(HttpLimits limits) {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.headerBytes())
            .setMaxHeaderSize(limits.headerBytes())
            .setStrictLineParsing(true)
            .setAllowDuplicateContentLengths(false)
            .setUseRfc9112TransferEncoding(true);
    return new StrictDecoder(config);
  }

  /** Both lengths at once are a smuggler's trick: the request is malformed (RFC 9112 §6.1). */
  private static final class StrictDecoder extends HttpRequestDecoder {
    StrictDecoder(HttpDecoderConfig config) {
      super(config);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
      throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
    }
  }

  static void addTo(ChannelPipeline pipeline, ServerContext server, Peer peer) {
    pipeline.addLast(DECODER, decoder(server.limits())).addLast(new Http1Session(server, peer));
  }

  ServerContext server() {
    return server;
  }

  Peer peer() {
    return peer;
  }

  ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  Outbox outbox() {
    return Objects.requireNonNull(outbox);
  }

  private long now() {
    return context().executor().ticker().nanoTime();
  }

  // ---- the connection's life

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    outbox = new Outbox(ctx.channel().eventLoop(), ctx::flush);
    since = now();
    server.sessions().add(this);
    Sweep.every(ctx, server.limits(), this::sweep);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing) {
      discard(message);
    } else if (message instanceof ByteBuf bytes) { // after an upgrade
      raw().offer(bytes);
      pauseIfMuchWaits(raw());
      bytes.release();
    } else if (mustWait()) {
      waiting.add((HttpObject) message);
      if (waiting.size() >= MAX_WAITING) {
        ctx.channel().config().setAutoRead(false);
      }
    } else {
      accept((HttpObject) message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    outbox().readComplete();
    ctx.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    acceptWaiting();
    ctx.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    server.sessions().remove(this);
    Http1Exchange exchange = current;
    current = null;
    closing = true;
    if (raw != null) {
      raw.end();
    }
    if (exchange != null) {
      exchange.close();
    }
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: connection broken", peer.remote(), cause);
    ctx.close();
  }

  @Override
  public void shutdown() {
    context()
        .executor()
        .execute(() -> {
          stopping = true;
          if (current == null) {
            context().close();
          } else {
            current.announceShutdown();
          }
        });
  }

  @Override
  public void abort() {
    context().close();
  }

  private void sweep() {
    long waited = now() - since;
    HttpLimits limits = server.limits();
    if (stall.lastsLongerThan(limits.bodyTime(), context().channel(), now())) {
      context().close();
    } else if (current == null) {
      long patience = (anyRequest ? limits.idleTime() : limits.headerTime()).toNanos();
      if (waited > patience) {
        context().close();
      }
    } else if (current.isGathering() && waited > limits.bodyTime().toNanos()) {
      context().close();
    }
  }

  // ---- requests

  private boolean mustWait() {
    return (current != null && current.isReceived())
        || !waiting.isEmpty()
        || !context().channel().isWritable();
  }

  private void accept(HttpObject message) {
    try {
      Throwable defect = message.decoderResult().cause();
      if (defect != null) {
        malformed(defect);
      } else if (message instanceof HttpRequest request) {
        begin(request);
      } else if (message instanceof HttpContent content && current != null) {
        current.data(content.content());
        if (message instanceof LastHttpContent && current != null) {
          since = now();
          current.complete();
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest request) {
    String problem = Http1Exchange.problem(request);
    if (problem != null) {
      refuseConnection(400, problem);
      return;
    }
    since = now();
    anyRequest = true;
    current = new Http1Exchange(this, request);
    if (stopping) {
      current.announceShutdown();
    }
    current.begin();
  }

  private void malformed(Throwable defect) {
    if (defect instanceof TooLongHttpHeaderException
        || defect instanceof TooLongHttpLineException) {
      refuseConnection(431, "");
    } else {
      refuseConnection(400, String.valueOf(defect.getMessage()));
    }
  }

  /** Answers what is no request at all, in plain text as Go does, and closes the connection. */
  private void refuseConnection(int status, String problem) {
    String text =
        status + " " + Http1Writer.reason(status) + (problem.isEmpty() ? "" : ": ") + problem;
    Http1Exchange broken = current;
    current = null;
    if (broken == null || !broken.isAnswered()) {
      Response response = Response.text(status, text);
      context()
          .write(Http1Writer.response(context().alloc(), server.date(), response, "close", false));
    }
    closeSoon();
    if (broken != null) {
      broken.close();
    }
  }

  /**
   * Closes the connection when what was written is sent and the client had time to read it: were it
   * closed while the client still sends, the answer would be lost.
   */
  void closeSoon() {
    closing = true;
    context().channel().config().setAutoRead(true);
    context()
        .writeAndFlush(context().alloc().buffer(0))
        .addListener(sent -> {
          closeOutput();
          linger();
        });
  }

  /** Tells the client that nothing more comes. */
  private void closeOutput() {
    SslHandler tls = context().pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else {
      ((SocketChannel) context().channel()).shutdownOutput();
    }
  }

  private void linger() {
    long before = discarded;
    context()
        .executor()
        .schedule(
            () -> {
              if (discarded == before) {
                context().close();
              } else {
                linger();
              }
            },
            LINGER_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void discard(Object message) {
    if (message instanceof HttpContent content) {
      discarded += content.content().readableBytes();
    } else if (message instanceof ByteBuf bytes) {
      discarded += bytes.readableBytes();
    }
    if (message instanceof LastHttpContent || discarded > MAX_DISCARDED) {
      closeNow();
    }
    ReferenceCountUtil.release(message);
  }

  /** Closes the connection when what was written is sent. */
  void closeNow() {
    closing = true;
    context().writeAndFlush(context().alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
  }

  /** The current exchange's response has been written: it is the next one's turn. */
  void responseWritten(boolean keepAlive) {
    Http1Exchange done = current;
    current = null;
    since = now();
    if (done == null) {
      return;
    }
    if (!done.isReceived()) {
      closeSoon();
    } else if (!keepAlive || stopping) {
      closeNow();
    } else {
      acceptWaiting();
    }
  }

  private void acceptWaiting() {
    if (accepting) {
      return;
    }
    accepting = true;
    while (!waiting.isEmpty()
        && !closing
        && (current == null || !current.isReceived())
        && context().channel().isWritable()) {
      accept(waiting.remove());
    }
    accepting = false;
    if (waiting.isEmpty() && raw == null) {
      context().channel().config().setAutoRead(true);
    }
  }

  boolean isStopping() {
    return stopping;
  }

  // ---- streamed bodies and upgrades

  /** Bytes for a reader that takes its time: reading stops while too many wait. */
  InboundBytes inbound() {
    return new InboundBytes(count -> {
      if (paused) {
        outbox().add(this::resume);
      }
    });
  }

  void pauseIfMuchWaits(InboundBytes bytes) {
    if (bytes.waiting() >= PAUSE) {
      paused = true;
      context().channel().config().setAutoRead(false);
    }
  }

  private void resume() {
    InboundBytes bytes = raw != null ? raw : current == null ? null : current.streaming();
    if (bytes == null || bytes.waiting() < PAUSE / 2) {
      paused = false;
      context().channel().config().setAutoRead(true);
    }
  }

  /** From the next byte on it is another protocol. */
  void endHttp() {
    raw = inbound();
    context().pipeline().remove(DECODER);
  }

  InboundBytes raw() {
    return Objects.requireNonNull(raw);
  }
}
