package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.tiphys.model.status.ApiException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An exchange over an HTTP/1.1 connection. */
final class Http1Exchange extends ServerExchange {
  private final Http1Session session;
  private final HttpRequest request;
  private final RequestTarget target;
  private final boolean persistent;
  private final String upgrade;
  private @Nullable BodyBuffer gathering;
  private @Nullable InboundBytes streaming;
  private @Nullable ApiException refusal;
  private boolean received;
  private boolean chunked;
  private boolean keepAlive;

  Http1Exchange(Http1Session session, HttpRequest request) {
    super(session.server(), session.peer(), session.outbox());
    this.session = session;
    this.request = request;
    this.target = Objects.requireNonNull(RequestTarget.parse(request.uri()));
    this.persistent = HttpUtil.isKeepAlive(request);
    this.upgrade = upgradeOf(request);
  }

  /** What makes a request malformed; null if it is not. */
  static @Nullable String problem(HttpRequest request) {
    boolean current = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!current && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return "unsupported protocol version " + request.protocolVersion();
    }
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (current && hosts.isEmpty()) {
      return "missing required Host header";
    }
    if (hosts.size() > 1) {
      return "too many Host headers";
    }
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()
        && !(current && codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"))) {
      return "unsupported transfer encoding";
    }
    return RequestTarget.parse(request.uri()) == null ? "malformed request target" : null;
  }

  /** The protocol of {@code Upgrade}, unless it is HTTP/2, which is negotiated by TLS only. */
  private static String upgradeOf(HttpRequest request) {
    String protocol = request.headers().get(HttpHeaderNames.UPGRADE);
    boolean asked =
        protocol != null
            && request.headers().containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
            && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && !protocol.toLowerCase(Locale.ROOT).contains("h2c")
            && !HttpUtil.isTransferEncodingChunked(request)
            && HttpUtil.getContentLength(request, 0L) == 0;
    return asked ? protocol : "";
  }

  // ---- the request

  /** The headers have come. */
  void begin() {
    int limit = session.server().limits().bodyBytes();
    if (Refusals.isRefused(method())) {
      refusal = Refusals.method(method());
    } else if (upgrade.isEmpty() && session.server().handler().streamsBody(this)) {
      InboundBytes bytes = session.inbound();
      streaming = bytes;
      sayContinue();
      handleStreaming(bytes);
    } else if (HttpUtil.getContentLength(request, 0L) > limit) {
      refuse(Refusals.tooLarge(limit));
    } else {
      gathering = new BodyBuffer(limit, session.server().bodies());
      sayContinue();
    }
  }

  private void sayContinue() {
    if (HttpUtil.is100ContinueExpected(request)) {
      session.context().writeAndFlush(Http1Writer.sayContinue());
    }
  }

  /** Takes a piece of the body. */
  void data(ByteBuf data) {
    if (streaming != null) {
      streaming.offer(data);
      session.pauseIfMuchWaits(streaming);
    } else if (gathering != null) {
      ApiException why = gathering.add(data);
      if (why != null) {
        gathering = null;
        refuse(why);
      }
    }
  }

  /** The request has been received completely. */
  void complete() {
    received = true;
    if (streaming != null) {
      streaming.end();
    } else if (refusal != null) {
      refuse(refusal);
    } else if (!upgrade.isEmpty()) {
      session.endHttp();
      handleStreaming(session.raw());
    } else if (gathering != null) {
      byte[] body = gathering.toArray();
      gathering = null;
      handle(body);
    }
  }

  boolean isReceived() {
    return received;
  }

  boolean isGathering() {
    return !received && gathering != null;
  }

  @Nullable InboundBytes streaming() {
    return streaming;
  }

  @Override
  void dropBody() {
    if (gathering != null) {
      gathering.release();
      gathering = null;
    }
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public String query() {
    return target.query();
  }

  @Override
  public String authority() {
    String host = request.headers().get(HttpHeaderNames.HOST);
    return host == null ? "" : host;
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public Headers headers() {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, String> field : request.headers()) {
      fields.add(field.getKey().toLowerCase(Locale.ROOT));
      fields.add(field.getValue());
    }
    return Headers.checked(fields.toArray(String[]::new));
  }

  @Override
  public boolean http2() {
    return false;
  }

  @Override
  public String wantsUpgrade() {
    return upgrade;
  }

  // ---- the response, on the event loop

  @Override
  void send(Response response) {
    ChannelHandlerContext context = session.context();
    ByteBuf bytes =
        Http1Writer.response(
            context.alloc(),
            session.server().date(),
            response,
            decideConnection(true),
            method().equals("HEAD"));
    context.write(bytes).addListener(sent -> close());
    session.responseWritten(keepAlive);
  }

  @Override
  void sendHead(int status, Headers headers) {
    boolean sized = headers.first("content-length") != null;
    chunked = !sized && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    ChannelHandlerContext context = session.context();
    context.write(
        Http1Writer.streamHead(
            context.alloc(),
            session.server().date(),
            status,
            headers,
            decideConnection(chunked || sized),
            chunked));
  }

  /** Whether the connection is kept, and the header that says so where that is not the default. */
  private @Nullable String decideConnection(boolean lengthIsTold) {
    keepAlive =
        persistent && lengthIsTold && received && upgrade.isEmpty() && !session.isStopping();
    if (!keepAlive) {
      return "close";
    }
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1) ? null : "keep-alive";
  }

  @Override
  StreamOutput.Wire wire() {
    return new Body();
  }

  private final class Body implements StreamOutput.Wire {
    @Override
    public ByteBufAllocator allocator() {
      return session.context().alloc();
    }

    @Override
    public void data(ByteBuf bytes, Runnable sent) {
      if (method().equals("HEAD")) {
        bytes.release();
        sent.run();
      } else {
        ByteBuf out = chunked ? Http1Writer.chunk(allocator(), bytes) : bytes;
        session.context().write(out).addListener(done -> sent.run());
      }
    }

    @Override
    public void end() {
      boolean mark = chunked && !method().equals("HEAD");
      session
          .context()
          .write(mark ? Http1Writer.lastChunk() : Unpooled.EMPTY_BUFFER)
          .addListener(sent -> close());
      session.responseWritten(keepAlive);
    }

    @Override
    public void abort() {
      session.abort();
    }
  }

  // ---- upgrades

  @Override
  public Duplex upgrade(Headers headers) {
    if (upgrade.isEmpty()) {
      throw new IllegalStateException("the client asked for no upgrade");
    }
    answer();
    Headers all = headers.with("upgrade", upgrade);
    session
        .outbox()
        .run(() -> {
          ChannelHandlerContext context = session.context();
          context.write(
              Http1Writer.streamHead(
                  context.alloc(), session.server().date(), 101, all, "Upgrade", false));
        });
    BlockingOutput output = new BlockingOutput(open(ResponseStream.WATCH, new Raw()));
    return new Upgraded(session.raw(), output);
  }

  private record Upgraded(InputStream input, OutputStream output) implements Duplex {
    @Override
    public void close() {
      try {
        output.close();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private final class Raw implements StreamOutput.Wire {
    @Override
    public ByteBufAllocator allocator() {
      return session.context().alloc();
    }

    @Override
    public void data(ByteBuf bytes, Runnable sent) {
      session.context().write(bytes).addListener(done -> sent.run());
    }

    @Override
    public void end() {
      session.closeSoon();
    }

    @Override
    public void abort() {
      session.abort();
    }
  }
}
