package io.tiphys.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 as clients should not speak it, in frames made by hand. */
@Timeout(30)
class Http2AbuseTest {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  @TempDir Path directory;
  private final TestAuthority authority = new TestAuthority("ca");

  private record Frame(int type, int flags, int stream, byte[] payload) {
    int number() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }
  }

  private HttpServer start(HttpLimits limits) {
    TlsFiles tls = authority.files(directory, authority.issue("server"));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return HttpServer.start(address, tls, limits, new EchoHandler());
  }

  private SSLSocket connect(HttpServer server) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            authority
                .client(null)
                .getSocketFactory()
                .createSocket("127.0.0.1", server.address().getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    send(socket, SETTINGS, 0, 0, new byte[0]);
    return socket;
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    return frame.array();
  }

  private static void send(SSLSocket socket, int type, int flags, int stream, byte[] payload)
      throws IOException {
    socket.getOutputStream().write(frame(type, flags, stream, payload));
  }

  /** Literal fields without indexing. */
  private static byte[] headers(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      for (String text : new String[] {namesAndValues[i], namesAndValues[i + 1]}) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return block.toByteArray();
  }

  private static byte[] request(String method, String path, String... more) {
    byte[] head = headers(":method", method, ":scheme", "https", ":authority", "x", ":path", path);
    byte[] rest = headers(more);
    return ByteBuffer.allocate(head.length + rest.length).put(head).put(rest).array();
  }

  /** The next frame of this type (and stream, unless 0); null if the connection ends before. */
  private static Frame next(SSLSocket socket, int type, int stream) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    try {
      while (true) {
        int lengthAndType = in.readInt();
        Frame frame =
            new Frame(
                lengthAndType & 0xff,
                in.readUnsignedByte(),
                in.readInt(),
                in.readNBytes(lengthAndType >>> 8));
        if (frame.type == type && (stream == 0 || frame.stream == stream)) {
          return frame;
        }
      }
    } catch (EOFException | SocketException e) {
      return null;
    }
  }

  @Test
  void resetsMalformedRequestsAndGoesOn() throws IOException {
    byte[][] malformed = {
      headers(":method", "GET", ":scheme", "https"), // no path
      request("GET", "pods"),
      request("GET", "/a b"),
      request("GET", "/", "connection", "close"),
      request("GET", "/", "Upper", "x"),
      request("GET", "/", "content-length", "5"),
    };
    try (HttpServer server = start(HttpLimits.DEFAULT);
        SSLSocket socket = connect(server)) {
      int stream = 1;
      for (byte[] head : malformed) {
        send(socket, HEADERS, END_STREAM | END_HEADERS, stream, head);
        Frame reset = next(socket, RST_STREAM, stream);
        assertThat(reset).as("stream %d", stream).isNotNull();
        assertThat(reset.number()).isEqualTo(1); // PROTOCOL_ERROR
        stream += 2;
      }
      send(socket, HEADERS, END_STREAM | END_HEADERS, stream, request("GET", "/good"));
      Frame data = next(socket, DATA, stream);
      assertThat(new String(data.payload, StandardCharsets.UTF_8)).startsWith("GET /good? h2");
    }
  }

  @Test
  void refusesStreamsBeyondTheLimit() throws IOException {
    HttpLimits d = HttpLimits.DEFAULT;
    HttpLimits two =
        new HttpLimits(
            d.bodyBytes(),
            d.headerBytes(),
            d.gatheredBytes(),
            2,
            0,
            d.resets(),
            d.headerTime(),
            d.bodyTime(),
            d.idleTime());
    try (HttpServer server = start(two);
        SSLSocket socket = connect(server)) {
      for (int stream = 1; stream <= 5; stream += 2) {
        send(socket, HEADERS, END_HEADERS, stream, request("POST", "/body"));
      }
      assertThat(next(socket, RST_STREAM, 5).number()).isEqualTo(7); // REFUSED_STREAM
      send(socket, DATA, END_STREAM, 1, "ok".getBytes(StandardCharsets.US_ASCII));
      assertThat(next(socket, DATA, 1).payload).isEqualTo("ok".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void boundsTheMemoryOfBodiesThatAreBeingReceived() throws IOException {
    byte[] piece = new byte[10_000];
    try (HttpServer server = start(HttpLimits.DEFAULT.withGatheredBytes(25_000));
        SSLSocket socket = connect(server);
        SSLSocket other = connect(server)) {
      for (int stream = 1; stream <= 3; stream += 2) {
        send(socket, HEADERS, END_HEADERS, stream, request("POST", "/body"));
        send(socket, DATA, 0, stream, piece);
      }
      send(socket, HEADERS, END_HEADERS, 5, request("POST", "/body"));
      send(socket, DATA, 0, 5, piece);
      Frame head = next(socket, HEADERS, 5);
      assertThat(new String(head.payload, StandardCharsets.ISO_8859_1)).contains("429");
      assertThat(new String(next(socket, DATA, 5).payload, StandardCharsets.UTF_8))
          .contains("TooManyRequests");

      // What is complete or reset makes room.
      send(socket, DATA, END_STREAM, 1, new byte[0]);
      assertThat(next(socket, DATA, 1).payload).hasSize(10_000);
      send(socket, RST_STREAM, 0, 3, new byte[] {0, 0, 0, 8});
      for (int stream = 7; stream <= 9; stream += 2) {
        send(socket, HEADERS, END_HEADERS, stream, request("POST", "/body"));
        send(socket, DATA, END_STREAM, stream, piece);
        assertThat(next(socket, DATA, stream).payload).hasSize(10_000);
      }
      send(other, HEADERS, END_HEADERS, 1, request("POST", "/body"));
      send(other, DATA, END_STREAM, 1, piece);
      assertThat(next(other, DATA, 1).payload).hasSize(10_000);
    }
  }

  @Test
  void closesTheConnectionOfAClientThatResetsWhatItOpens() throws IOException {
    try (HttpServer server = start(HttpLimits.DEFAULT);
        SSLSocket socket = connect(server)) {
      ByteArrayOutputStream flood = new ByteArrayOutputStream();
      for (int stream = 1; stream < 2 * 2100; stream += 2) {
        flood.writeBytes(frame(HEADERS, END_HEADERS, stream, request("POST", "/body")));
        flood.writeBytes(frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
      }
      socket.getOutputStream().write(flood.toByteArray());
      Frame goAway = next(socket, GOAWAY, 0);
      if (goAway != null) {
        assertThat(goAway.number()).isEqualTo(11); // ENHANCE_YOUR_CALM
      }
      assertThat(next(socket, GOAWAY, 0)).isNull();
    }
  }

  @Test
  void givesUpSlowBodiesAndIdleConnections() throws IOException {
    Duration soon = Duration.ofMillis(200);
    Duration never = Duration.ofMinutes(10);
    try (HttpServer server = start(HttpLimits.DEFAULT.withTimes(never, soon, never));
        SSLSocket socket = connect(server)) {
      send(socket, HEADERS, END_HEADERS, 1, request("POST", "/body"));
      assertThat(next(socket, RST_STREAM, 1).number()).isEqualTo(8); // CANCEL
    }
    try (HttpServer server = start(HttpLimits.DEFAULT.withTimes(never, never, soon));
        SSLSocket socket = connect(server)) {
      assertThat(next(socket, GOAWAY, 0).number()).isZero();
      assertThat(next(socket, GOAWAY, 0)).isNull();
    }
  }
}
