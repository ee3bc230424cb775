package io.tiphys.apiserver.http;

import io.tiphys.model.status.ApiException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A WebSocket connection (RFC 6455), either end of it. Reading and writing block, so it is for
 * virtual threads; one may read while others write.
 */
public final class WebSocket implements Closeable {
  /** The longest message that is accepted, in bytes. */
  public static final int MAX_MESSAGE = 4 * 1024 * 1024;

  public static final int NORMAL_CLOSURE = 1000;
  public static final int INTERNAL_ERROR = 1011;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int NOT_UTF8 = 1007;
  private static final int TOO_LONG = 1009;

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** What one side says to the other. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Message(boolean text, byte[] bytes) {}

  private record Frame(boolean last, int opcode, byte[] payload) {}

  /** The other side breaks the protocol; the code tells it how. */
  private static final class Violation extends IOException {
    private static final long serialVersionUID = 1;
    private final int code;

    Violation(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  private final Duplex connection;
  private final String protocol;
  private final boolean server;
  private final DataInputStream input;
  private final SecureRandom random = new SecureRandom();
  private boolean closeSent; // guarded by this

  private WebSocket(Duplex connection, String protocol, boolean server) {
    this.connection = connection;
    this.protocol = protocol;
    this.server = server;
    this.input = new DataInputStream(new BufferedInputStream(connection.input(), 16 * 1024));
  }

  /** Whether a request asks for a WebSocket. */
  public static boolean isWanted(Exchange exchange) {
    return exchange.wantsUpgrade().toLowerCase(Locale.ROOT).equals("websocket");
  }

  /**
   * Accepts a client's request for a WebSocket, with the first of the client's subprotocols that is
   * spoken here; the empty one stands for a client that names none.
   *
   * @throws ApiException 400 if the request is malformed or no subprotocol fits
   */
  public static WebSocket accept(Exchange exchange, List<String> spoken) {
    String key = exchange.header("sec-websocket-key");
    if (!exchange.method().equals("GET") || key == null) {
      throw ApiException.badRequest("not a WebSocket handshake: bad method or key");
    }
    if (!"13".equals(exchange.header("sec-websocket-version"))) {
      throw ApiException.badRequest("unsupported WebSocket version: 13 is required");
    }
    List<String> wanted = subprotocols(exchange);
    Optional<String> chosen =
        (wanted.isEmpty() ? List.of("") : wanted).stream().filter(spoken::contains).findFirst();
    String protocol =
        chosen.orElseThrow(
            () -> ApiException.badRequest("unsupported WebSocket subprotocols: " + wanted));
    Headers headers = Headers.of("sec-websocket-accept", answerTo(key));
    if (!protocol.isEmpty()) {
      headers = headers.with("sec-websocket-protocol", protocol);
    }
    return new WebSocket(exchange.upgrade(headers), protocol, true);
  }

  /** The subprotocols that a client offers, its favourite first. */
  public static List<String> subprotocols(RequestHead head) {
    return head.headers().all("sec-websocket-protocol").stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The client's end, on a connection whose handshake succeeded. */
  public static WebSocket client(Duplex connection, String protocol) {
    return new WebSocket(connection, protocol, false);
  }

  /** The {@code Sec-WebSocket-Accept} that proves that a key was understood. */
  public static String answerTo(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The subprotocol that both sides speak; empty if none was negotiated. */
  public String protocol() {
    return protocol;
  }

  /**
   * Awaits the next message. Pings are answered meanwhile.
   *
   * @return empty when the other side has closed the connection
   * @throws IOException if the connection breaks, or the other side breaks the protocol
   */
  public Optional<Message> receive() throws IOException {
    try {
      return receiveMessage();
    } catch (EOFException e) {
      return Optional.empty();
    } catch (Violation e) {
      close(e.code, e.getMessage());
      throw e;
    }
  }

  private Optional<Message> receiveMessage() throws IOException {
    int kind = CONTINUATION;
    byte[] message = {};
    while (true) {
      Frame frame = readFrame(MAX_MESSAGE - message.length);
      switch (frame.opcode) {
        case PING -> write(PONG, frame.payload);
        case PONG -> {}
        case CLOSE -> {
          close(NORMAL_CLOSURE, "");
          return Optional.empty();
        }
        case TEXT, BINARY, CONTINUATION -> {
          if ((frame.opcode == CONTINUATION) == (kind == CONTINUATION)) {
            throw new Violation(PROTOCOL_ERROR, "a fragment out of place");
          }
          kind = kind == CONTINUATION ? frame.opcode : kind;
          message = message.length == 0 ? frame.payload : concat(message, frame.payload);
          if (frame.last) {
            return Optional.of(new Message(checkText(kind, message), message));
          }
        }
        default -> throw new Violation(PROTOCOL_ERROR, "unknown opcode " + frame.opcode);
      }
    }
  }

  private static boolean checkText(int kind, byte[] message) throws IOException {
    if (kind == TEXT) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
      } catch (CharacterCodingException e) {
        throw new Violation(NOT_UTF8, "text that is not UTF-8");
      }
    }
    return kind == TEXT;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private Frame readFrame(int room) throws IOException {
    int first = input.readUnsignedByte();
    int second = input.readUnsignedByte();
    boolean last = (first & 0x80) != 0;
    int opcode = first & 0x0f;
    boolean masked = (second & 0x80) != 0;
    long length = second & 0x7f;
    if ((first & 0x70) != 0) {
      throw new Violation(PROTOCOL_ERROR, "reserved bits are set");
    }
    if (masked != server) {
      throw new Violation(PROTOCOL_ERROR, server ? "a frame is not masked" : "a frame is masked");
    }
    if (opcode >= CLOSE && (!last || length > 125)) {
      throw new Violation(PROTOCOL_ERROR, "a control frame is too long");
    }
    if (length == 126) {
      length = input.readUnsignedShort();
    } else if (length == 127) {
      length = input.readLong();
    }
    if (length < 0 || (opcode < CLOSE && length > room)) {
      throw new Violation(TOO_LONG, "a message is longer than " + MAX_MESSAGE + " bytes");
    }
    byte[] mask = masked ? input.readNBytes(4) : new byte[0];
    byte[] payload = new byte[(int) length];
    input.readFully(payload);
    applyMask(payload, 0, mask);
    return new Frame(last, opcode, payload);
  }

  private static void applyMask(byte[] bytes, int from, byte[] mask) {
    for (int i = from; mask.length == 4 && i < bytes.length; i++) {
      bytes[i] ^= mask[(i - from) & 3];
    }
  }

  public void sendText(String text) throws IOException {
    write(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one binary message that consists of these parts. */
  public void sendBinary(byte[]... parts) throws IOException {
    write(BINARY, parts);
  }

  private synchronized void write(int opcode, byte[]... parts) throws IOException {
    if (closeSent) {
      throw new IOException("the WebSocket is closed");
    }
    closeSent = opcode == CLOSE;
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer frame = ByteBuffer.allocate(14 + length);
    frame.put((byte) (0x80 | opcode));
    int maskBit = server ? 0 : 0x80;
    if (length < 126) {
      frame.put((byte) (maskBit | length));
    } else if (length <= 0xffff) {
      frame.put((byte) (maskBit | 126)).putShort((short) length);
    } else {
      frame.put((byte) (maskBit | 127)).putLong(length);
    }
    byte[] mask = new byte[server ? 0 : 4];
    random.nextBytes(mask);
    frame.put(mask);
    int payload = frame.position();
    for (byte[] part : parts) {
      frame.put(part);
    }
    byte[] bytes = Arrays.copyOf(frame.array(), frame.position());
    applyMask(bytes, payload, mask);
    connection.output().write(bytes);
    connection.output().flush();
  }

  /** Says why the connection ends, once, and ends it. */
  public void close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(2 + Math.min(123, text.length));
    payload.putShort((short) code).put(text, 0, payload.remaining());
    boolean say;
    synchronized (this) {
      say = !closeSent;
    }
    try {
      if (say) {
        write(CLOSE, payload.array());
      }
    } finally {
      connection.close();
    }
  }

  /** Ends the connection normally. */
  @Override
  public void close() throws IOException {
    close(NORMAL_CLOSURE, "");
  }
}
