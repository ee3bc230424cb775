package io.tiphys.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes HTTP/1.1 responses (RFC 9112). */
final class Http1Writer {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Bodies up to this size are copied behind the head rather than sent as buffers of their own. */
  private static final int SMALL_BODY = 16 * 1024;

  private Http1Writer() {}

  /** A status code's customary phrase. */
  static String reason(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }

  static ByteBuf sayContinue() {
    return Unpooled.wrappedBuffer(CONTINUE);
  }

  /**
   * A complete response.
   *
   * @param connection the value of the {@code Connection} header, if it needs one
   * @param withoutBody for HEAD: the length is told, the body left out
   */
  static ByteBuf response(
      ByteBufAllocator allocator,
      HttpDate date,
      Response response,
      @Nullable String connection,
      boolean withoutBody) {
    byte[] body = response.body();
    boolean small = !withoutBody && body.length <= SMALL_BODY;
    ByteBuf out = allocator.buffer(512 + (small ? body.length : 0));
    writeHead(out, date, response.status(), response.headers(), connection);
    if (response.status() != 204 && response.status() != 304) {
      ascii(out, "content-length: ");
      ascii(out, Integer.toString(body.length));
      out.writeBytes(LINE_END);
    }
    out.writeBytes(LINE_END);
    if (small) {
      return out.writeBytes(body);
    }
    return withoutBody ? out : Unpooled.wrappedBuffer(out, Unpooled.wrappedBuffer(body));
  }

  /** The head of a response whose length is not known. */
  static ByteBuf streamHead(
      ByteBufAllocator allocator,
      HttpDate date,
      int status,
      Headers headers,
      @Nullable String connection,
      boolean chunked) {
    ByteBuf out = allocator.buffer(512);
    writeHead(out, date, status, headers, connection);
    if (chunked) {
      ascii(out, "transfer-encoding: chunked\r\n");
    }
    return out.writeBytes(LINE_END);
  }

  static ByteBuf chunk(ByteBufAllocator allocator, ByteBuf data) {
    ByteBuf size = allocator.buffer(16);
    ascii(size, Integer.toHexString(data.readableBytes()));
    size.writeBytes(LINE_END);
    return Unpooled.wrappedBuffer(size, data, Unpooled.wrappedBuffer(LINE_END));
  }

  static ByteBuf lastChunk() {
    return Unpooled.wrappedBuffer(LAST_CHUNK);
  }

  private static void writeHead(
      ByteBuf out, HttpDate date, int status, Headers headers, @Nullable String connection) {
    ascii(out, "HTTP/1.1 ");
    ascii(out, Integer.toString(status));
    out.writeByte(' ');
    ascii(out, reason(status));
    out.writeBytes(LINE_END);
    AsciiString[] fields = headers.ascii();
    for (int i = 0; i < fields.length; i += 2) {
      ByteBufUtil.writeAscii(out, fields[i]);
      ascii(out, ": ");
      ByteBufUtil.writeAscii(out, fields[i + 1]);
      out.writeBytes(LINE_END);
    }
    ascii(out, "date: ");
    ByteBufUtil.writeAscii(out, date.now());
    out.writeBytes(LINE_END);
    if (connection != null) {
      ascii(out, "connection: ");
      ascii(out, connection);
      out.writeBytes(LINE_END);
    }
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }
}
