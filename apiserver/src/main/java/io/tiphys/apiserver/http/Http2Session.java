package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection: one handler for all of its streams, because a pipeline per stream costs a
 * third of the throughput. Everything that is written during one pass of the event loop leaves in
 * one flush.
 */
final class Http2Session extends Http2ConnectionHandler implements Session {
  private static final int STREAM_WINDOW = 1024 * 1024;
  private static final int CONNECTION_WINDOW = 16 * 1024 * 1024;
  private static final int RESET_SECONDS = 10;
  private static final AsciiString AUDIT_ID = AsciiString.cached("audit-id");

  private final ServerContext server;
  private final Peer peer;
  private final Http2Connection.PropertyKey exchangeKey;
  private final Stall stall = new Stall();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Outbox outbox;
  private long idleSince;
  private boolean stopping;

  private Http2Session(
      ServerContext server,
      Peer peer,
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings) {
    super(decoder, encoder, settings);
    this.server = server;
    this.peer = peer;
    this.exchangeKey = connection().newKey();
    decoder.frameListener(new Frames());
    connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamClosed(Http2Stream stream) {
                streamClosed(stream);
              }
            });
  }

  static Http2Session create(ServerContext server, Peer peer) {
    return new Builder(server, peer).build();
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2Session, Builder> {
    private final ServerContext server;
    private final Peer peer;

    Builder(ServerContext server, Peer peer) {
      this.server = server;
      this.peer = peer;
      HttpLimits limits = server.limits();
      DefaultHttp2Connection connection = new DefaultHttp2Connection(true, 0);
      connection
          .remote()
          .flowController(
              new DefaultHttp2RemoteFlowController(
                  connection, new UniformStreamByteDistributor(connection)));
      connection(connection);
      initialSettings(
          Http2Settings.defaultSettings()
              .initialWindowSize(STREAM_WINDOW)
              .maxConcurrentStreams(limits.streams())
              .maxHeaderListSize(limits.headerBytes()));
      gracefulShutdownTimeoutMillis(-1); // the server has a deadline of its own
      // What differs in each answer must not push what is always the same out of HPACK's table.
      headerSensitivityDetector((name, value) -> AUDIT_ID.contentEquals(name));
      validateHeaders(true);
      validateRequiredPseudoHeaders(true);
      decoderEnforceMaxRstFramesPerWindow(limits.resets(), RESET_SECONDS);
      encoderEnforceMaxRstFramesPerWindow(limits.resets(), RESET_SECONDS);
    }

    @Override
    protected Http2Session build() {
      return super.build();
    }

    @Override
    protected Http2Session build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new Http2Session(server, peer, decoder, encoder, settings);
    }
  }

  ServerContext server() {
    return server;
  }

  Peer peer() {
    return peer;
  }

  Outbox outbox() {
    return Objects.requireNonNull(outbox);
  }

  ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  // ---- the connection's life

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    outbox = new Outbox(ctx.channel().eventLoop(), () -> flush(ctx));
    idleSince = now();
    super.handlerAdded(ctx);
    Http2Stream whole = connection().connectionStream();
    decoder().flowController().incrementWindowSize(whole, CONNECTION_WINDOW - 65_535);
    server.sessions().add(this);
    Sweep.every(ctx, server.limits(), this::sweep);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    outbox().readComplete();
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    server.sessions().remove(this);
    super.channelInactive(ctx);
  }

  @Override
  public void shutdown() {
    context()
        .executor()
        .execute(() -> {
          stopping = true;
          exchanges().forEach(ServerExchange::announceShutdown);
          // Netty answers a close by GOAWAY and waits for the streams.
          context().channel().close();
        });
  }

  @Override
  public void abort() {
    context().close();
  }

  private List<Http2Exchange> exchanges() {
    List<Http2Exchange> open = new ArrayList<>();
    try {
      connection()
          .forEachActiveStream(stream -> {
            Http2Exchange exchange = stream.getProperty(exchangeKey);
            if (exchange != null) {
              open.add(exchange);
            }
            return true;
          });
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    return open;
  }

  private long now() {
    return context().executor().ticker().nanoTime();
  }

  private void streamClosed(Http2Stream stream) {
    Http2Exchange exchange = stream.getProperty(exchangeKey);
    if (exchange != null) {
      exchange.streamClosed();
    }
    if (connection().numActiveStreams() == 0) {
      idleSince = now();
    }
  }

  /** Resets what takes too long, and says good-bye to a client that asks nothing. */
  private void sweep() {
    long now = now();
    HttpLimits limits = server.limits();
    for (Http2Exchange exchange : exchanges()) {
      if (exchange.stalled(now, limits.bodyTime().toNanos())) {
        exchange.reset(Http2Error.CANCEL);
      }
    }
    if (stall.lastsLongerThan(limits.bodyTime(), context().channel(), now)) {
      context().close();
    } else if (connection().numActiveStreams() == 0
        && now - idleSince > limits.idleTime().toNanos()) {
      context().channel().close();
    }
    flush(context());
  }

  /** Whether a stream has bytes to send that its client gives no room for. */
  boolean waitsForWindow(int streamId) {
    Http2Stream stream = connection().stream(streamId);
    return stream != null
        && encoder().flowController().hasFlowControlled(stream)
        && encoder().flowController().windowSize(stream) <= 0;
  }

  /** A reader has taken bytes of a streamed body: the client may send as many more. */
  void consumeLater(int streamId, int bytes) {
    outbox()
        .add(() -> {
          Http2Stream stream = connection().stream(streamId);
          if (stream != null) {
            consume(stream, bytes);
          }
        });
  }

  private void consume(Http2Stream stream, int bytes) {
    try {
      decoder().flowController().consumeBytes(stream, bytes);
    } catch (Http2Exception e) {
      onError(context(), false, e);
    }
  }

  /** What the client sends. */
  private final class Frames extends Http2FrameAdapter {
    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int streamId,
        Http2Headers headers,
        int streamDependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean endOfStream)
        throws Http2Exception {
      onHeadersRead(ctx, streamId, headers, padding, endOfStream);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext ctx,
        int streamId,
        Http2Headers headers,
        int padding,
        boolean endOfStream)
        throws Http2Exception {
      Http2Stream stream = connection().stream(streamId);
      Http2Exchange exchange = stream.getProperty(exchangeKey);
      if (exchange == null) {
        begin(stream, headers, endOfStream);
      } else if (endOfStream) {
        exchange.complete(); // these were trailers
      }
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
      Http2Exchange exchange = connection().stream(streamId).getProperty(exchangeKey);
      if (exchange == null) {
        return data.readableBytes() + padding;
      }
      int consumed = exchange.data(data) + padding;
      if (endOfStream) {
        exchange.complete();
      }
      return consumed;
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) {
      Http2Stream stream = connection().stream(streamId);
      Http2Exchange exchange = stream == null ? null : stream.getProperty(exchangeKey);
      if (exchange != null) {
        exchange.windowUpdated(now());
      }
    }
  }

  private void begin(Http2Stream stream, Http2Headers headers, boolean endOfStream)
      throws Http2Exception {
    RequestTarget target =
        RequestTarget.parse(headers.path() == null ? null : headers.path().toString());
    if (target == null) {
      throw Http2Exception.streamError(
          stream.id(), Http2Error.PROTOCOL_ERROR, "malformed :path %s", headers.path());
    }
    Http2Exchange exchange = new Http2Exchange(this, stream.id(), headers, target, now());
    stream.setProperty(exchangeKey, exchange);
    if (stopping) {
      exchange.announceShutdown();
    }
    exchange.begin(endOfStream);
  }
}
