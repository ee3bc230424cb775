package io.tiphys.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.status.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An echo by WebSocket, with the JDK's client and with frames made by hand. */
class WebSocketTest {
  @SuppressWarnings("StringConcatToTextBlock") // it must have CR LF
  private static final String HANDSHAKE =
      "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private static HttpServer server;

  @BeforeAll
  static void start() {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            HttpLimits.DEFAULT,
            exchange -> exchange.dispatch(() -> echo(exchange)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void echo(Exchange exchange) {
    WebSocket socket;
    try {
      socket = WebSocket.accept(exchange, List.of("", "echo"));
    } catch (ApiException e) {
      exchange.respond(Response.error(e));
      return;
    }
    try (socket) {
      for (Optional<WebSocket.Message> m = socket.receive(); m.isPresent(); m = socket.receive()) {
        if (m.get().text()) {
          socket.sendText(new String(m.get().bytes(), StandardCharsets.UTF_8));
        } else {
          socket.sendBinary(m.get().bytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Received implements java.net.http.WebSocket.Listener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private int bytes;

    @Override
    public CompletionStage<?> onText(
        java.net.http.WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        events.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(
        java.net.http.WebSocket socket, ByteBuffer data, boolean last) {
      bytes += data.remaining();
      if (last) {
        events.add("bytes: " + bytes);
        bytes = 0;
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(java.net.http.WebSocket socket, ByteBuffer data) {
      events.add("pong");
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(java.net.http.WebSocket socket, int code, String reason) {
      events.add("closed: " + code);
      return null;
    }

    String next() throws InterruptedException {
      return events.poll(10, TimeUnit.SECONDS);
    }
  }

  private static java.net.http.WebSocket connect(
      HttpClient client, Received received, String... protocols) {
    var builder = client.newWebSocketBuilder();
    if (protocols.length > 0) {
      builder.subprotocols(
          protocols[0], List.of(protocols).subList(1, protocols.length).toArray(String[]::new));
    }
    return builder
        .buildAsync(URI.create("ws://127.0.0.1:" + server.address().getPort() + "/"), received)
        .join();
  }

  @Test
  void carriesMessagesOfAllKindsAndSizes() throws InterruptedException {
    Received received = new Received();
    try (HttpClient client = HttpClient.newHttpClient()) {
      java.net.http.WebSocket socket = connect(client, received, "other", "echo");
      assertThat(socket.getSubprotocol()).isEqualTo("echo");
      socket.sendText("grüezi", true).join();
      assertThat(received.next()).isEqualTo("grüezi");
      socket.sendText("in ", false).join();
      socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
      socket.sendText("parts", true).join();
      assertThat(received.next()).isEqualTo("pong");
      assertThat(received.next()).isEqualTo("in parts");
      for (int size : new int[] {0, 125, 126, 65_535, 65_536, 3_000_000}) {
        socket.sendBinary(ByteBuffer.allocate(size), true).join();
        assertThat(received.next()).isEqualTo("bytes: " + size);
      }
      socket.sendClose(1000, "").join();
      assertThat(received.next()).isEqualTo("closed: 1000");
    }
  }

  @Test
  void refusesUnknownSubprotocols() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> connect(client, new Received(), "other"))
          .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        Arguments.of("not masked", new int[] {0x81, 1, 'x'}, 1002),
        Arguments.of("reserved bit", new int[] {0xc1, 0x80, 0, 0, 0, 0}, 1002),
        Arguments.of("unknown opcode", new int[] {0x83, 0x80, 0, 0, 0, 0}, 1002),
        Arguments.of("continues nothing", new int[] {0x80, 0x80, 0, 0, 0, 0}, 1002),
        Arguments.of("fragmented ping", new int[] {0x09, 0x80, 0, 0, 0, 0}, 1002),
        Arguments.of("long ping", new int[] {0x89, 0xfe, 0, 126, 0, 0, 0, 0}, 1002),
        Arguments.of("not UTF-8", new int[] {0x81, 0x81, 0, 0, 0, 0, 0xff}, 1007),
        Arguments.of(
            "too long", new int[] {0x82, 0xff, 0, 0, 0, 0, 0, 0x40, 0, 1, 0, 0, 0, 0}, 1009),
        Arguments.of(
            "negative length",
            new int[] {0x82, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0},
            1009));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void closesWhenTheProtocolIsBroken(String what, int[] frame, int code) throws IOException {
    try (RawClient client = new RawClient(server.address())) {
      client.send(HANDSHAKE);
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
      byte[] bytes = new byte[frame.length];
      for (int i = 0; i < frame.length; i++) {
        bytes[i] = (byte) frame[i];
      }
      client.send(bytes);
      String close = client.readAll();
      assertThat(close.charAt(0)).isEqualTo((char) 0x88);
      assertThat((close.charAt(2) << 8) + close.charAt(3)).isEqualTo(code);
    }
  }
}
