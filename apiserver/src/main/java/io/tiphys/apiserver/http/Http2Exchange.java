package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import io.tiphys.model.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exchange over one stream of an HTTP/2 connection. */
final class Http2Exchange extends ServerExchange implements StreamOutput.Wire {
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString DATE = AsciiString.cached("date");

  private final Http2Session session;
  private final int streamId;
  private final Http2Headers request;
  private final RequestTarget target;
  private long since; // when what we wait for began: the body, then room for the response
  private @Nullable BodyBuffer gathering;
  private @Nullable InboundBytes streaming;
  private boolean received;
  private boolean sentWhole;
  private boolean closed;

  Http2Exchange(
      Http2Session session, int streamId, Http2Headers request, RequestTarget target, long now) {
    super(session.server(), session.peer(), session.outbox());
    this.session = session;
    this.streamId = streamId;
    this.request = request;
    this.target = target;
    this.since = now;
  }

  // ---- the request

  /** The headers have come. */
  void begin(boolean endOfStream) {
    received = endOfStream;
    int limit = session.server().limits().bodyBytes();
    if (Refusals.isRefused(method())) {
      refuse(Refusals.method(method()));
    } else if (endOfStream) {
      handle(BodyBuffer.EMPTY);
    } else if (session.server().handler().streamsBody(this)) {
      InboundBytes bytes = new InboundBytes(count -> session.consumeLater(streamId, count));
      streaming = bytes;
      sayContinue();
      handleStreaming(bytes);
    } else if (request.getLong(CONTENT_LENGTH, 0) > limit) {
      refuse(Refusals.tooLarge(limit));
    } else {
      gathering = new BodyBuffer(limit, session.server().bodies());
      sayContinue();
    }
  }

  private void sayContinue() {
    if (request.contains("expect", "100-continue", true)) {
      ChannelHandlerContext context = session.context();
      Http2Headers head = ReadOnlyHttp2Headers.serverHeaders(false, Ascii.number(100));
      session.encoder().writeHeaders(context, streamId, head, 0, false, context.newPromise());
    }
  }

  /**
   * Takes a piece of the body.
   *
   * @return how many of its bytes the client may replace by new ones already
   */
  int data(ByteBuf data) {
    int length = data.readableBytes();
    if (streaming != null) {
      streaming.offer(data);
      return 0;
    }
    ApiException refusal = gathering == null ? null : gathering.add(data);
    if (refusal != null) {
      gathering = null;
      refuse(refusal);
    }
    return length;
  }

  /** The request has been received completely. */
  void complete() {
    received = true;
    if (streaming != null) {
      streaming.end();
    } else if (gathering != null) {
      byte[] body = gathering.toArray();
      gathering = null;
      handle(body);
    }
  }

  /** The client has made room for more of the response. */
  void windowUpdated(long now) {
    since = now;
  }

  /**
   * Whether the client takes too long to send its request or to take a complete response. How long
   * a streamed response may wait for its client is for its writer to decide.
   */
  boolean stalled(long now, long patience) {
    if (gathering == null && !sentWhole) {
      since = now;
    }
    return now - since > patience && (gathering != null || session.waitsForWindow(streamId));
  }

  /** The stream is closed, by whomever. */
  void streamClosed() {
    closed = true;
    close();
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
    return request.method().toString();
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
    CharSequence authority = request.authority();
    if (authority == null) {
      authority = request.get("host");
    }
    return authority == null ? "" : authority.toString();
  }

  @Override
  public @Nullable String header(String name) {
    CharSequence value = request.get(name);
    return value == null ? null : value.toString();
  }

  @Override
  public Headers headers() {
    List<String> fields = new ArrayList<>(2 * request.size());
    for (Map.Entry<CharSequence, CharSequence> field : request) {
      if (field.getKey().charAt(0) != ':') {
        fields.add(field.getKey().toString());
        fields.add(field.getValue().toString());
      }
    }
    return Headers.checked(fields.toArray(String[]::new));
  }

  @Override
  public boolean http2() {
    return true;
  }

  @Override
  public String wantsUpgrade() {
    return "";
  }

  @Override
  public Duplex upgrade(Headers headers) {
    throw new IllegalStateException("HTTP/2 has no upgrade");
  }

  // ---- the response, on the event loop

  @Override
  void send(Response response) {
    if (closed) {
      return;
    }
    sentWhole = true;
    byte[] body = response.body();
    boolean empty = body.length == 0 || method().equals("HEAD");
    ChannelHandlerContext context = session.context();
    Http2Headers head = head(response.status(), response.headers(), body.length);
    ChannelPromise last = context.newPromise();
    Http2ConnectionEncoder encoder = session.encoder();
    if (empty) {
      encoder.writeHeaders(context, streamId, head, 0, true, last);
    } else {
      encoder.writeHeaders(context, streamId, head, 0, false, context.newPromise());
      encoder.writeData(context, streamId, Unpooled.wrappedBuffer(body), 0, true, last);
    }
    stopRequest(last);
  }

  @Override
  void sendHead(int status, Headers headers) {
    if (!closed) {
      ChannelHandlerContext context = session.context();
      session
          .encoder()
          .writeHeaders(
              context, streamId, head(status, headers, -1), 0, false, context.newPromise());
    }
  }

  @Override
  StreamOutput.Wire wire() {
    return this;
  }

  @Override
  public ByteBufAllocator allocator() {
    return session.context().alloc();
  }

  @Override
  public void data(ByteBuf bytes, Runnable sent) {
    if (closed || method().equals("HEAD")) {
      bytes.release();
      sent.run();
      return;
    }
    ChannelHandlerContext context = session.context();
    session
        .encoder()
        .writeData(context, streamId, bytes, 0, false, context.newPromise())
        .addListener(done -> sent.run());
  }

  @Override
  public void end() {
    if (!closed) {
      ChannelHandlerContext context = session.context();
      ChannelPromise last = context.newPromise();
      session.encoder().writeData(context, streamId, Unpooled.EMPTY_BUFFER, 0, true, last);
      stopRequest(last);
    }
  }

  @Override
  public void abort() {
    reset(Http2Error.INTERNAL_ERROR);
  }

  void reset(Http2Error error) {
    if (!closed) {
      ChannelHandlerContext context = session.context();
      session.resetStream(context, streamId, error.code(), context.newPromise());
    }
  }

  /** Asks the client not to send the rest of a request that is answered (RFC 9113 §8.1). */
  private void stopRequest(ChannelPromise answered) {
    if (!received) {
      answered.addListener(done -> reset(Http2Error.NO_ERROR));
    }
  }

  private Http2Headers head(int status, Headers headers, int contentLength) {
    AsciiString[] given = headers.ascii();
    boolean lengthAllowed = contentLength >= 0 && status != 204 && status != 304;
    AsciiString[] fields = new AsciiString[given.length + (lengthAllowed ? 4 : 2)];
    System.arraycopy(given, 0, fields, 0, given.length);
    fields[given.length] = DATE;
    fields[given.length + 1] = session.server().date().now();
    if (lengthAllowed) {
      fields[given.length + 2] = CONTENT_LENGTH;
      fields[given.length + 3] = Ascii.number(contentLength);
    }
    return ReadOnlyHttp2Headers.serverHeaders(false, Ascii.number(status), fields);
  }
}
