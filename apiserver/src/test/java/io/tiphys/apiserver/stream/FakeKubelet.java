package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.HttpLimits;
import io.tiphys.apiserver.http.HttpServer;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.ResponseStream;
import io.tiphys.apiserver.http.TlsFiles;
import io.tiphys.apiserver.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A kubelet without containers, with the streaming half of a kubelet's API: SPDY/3.1 and WebSocket
 * (v4). It knows a few commands, and its "pods" echo what is sent to their ports. Callers must
 * present a certificate named {@code kube-apiserver-kubelet-client}.
 */
public final class FakeKubelet implements AutoCloseable {
  static final String CLIENT = "kube-apiserver-kubelet-client";

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public FakeKubelet(TlsFiles tls) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.start(address, tls, HttpLimits.DEFAULT, this::handle);
  }

  public int port() {
    return server.address().getPort();
  }

  /** Paths and queries as they came. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(Exchange exchange) {
    requests.add(exchange.path() + (exchange.query().isEmpty() ? "" : "?" + exchange.query()));
    if (exchange.clientCertificates().isEmpty()
        || !exchange
            .clientCertificates()
            .getFirst()
            .getSubjectX500Principal()
            .getName()
            .equals("CN=" + CLIENT)) {
      exchange.respond(Response.text(401, "Unauthorized"));
      return;
    }
    String[] path = exchange.path().split("/");
    Map<String, List<String>> query = parse(exchange.query());
    switch (path[1]) {
      case "containerLogs" -> exchange.dispatch(() -> log(exchange, path[4], query));
      case "exec", "attach" ->
          exchange.dispatch(() ->
              command(exchange, path[4], query.getOrDefault("command", List.of("cat")), query));
      case "portForward" -> exchange.dispatch(() -> portForward(exchange));
      case "healthz" -> exchange.respond(Response.text(200, "ok"));
      default -> exchange.respond(Response.text(404, "404 page not found\n"));
    }
  }

  static Map<String, List<String>> parse(String query) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decode(parts[0]), k -> new ArrayList<>())
            .add(parts.length == 1 ? "" : decode(parts[1]));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  // ---- logs

  private static void log(Exchange exchange, String container, Map<String, List<String>> query) {
    if (container.equals("gone")) {
      exchange.respond(Response.text(400, "container \"gone\" in pod \"web\" is terminated"));
      return;
    }
    ResponseStream stream =
        exchange.stream(200, Headers.of("content-type", "text/plain"), ResponseStream.WATCH);
    int lines = Integer.parseInt(query.getOrDefault("tailLines", List.of("3")).getFirst());
    try (OutputStream out = stream.output()) {
      for (int i = 1; i <= lines; i++) {
        out.write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- commands

  private void command(
      Exchange exchange, String container, List<String> words, Map<String, List<String>> query) {
    if (container.equals("missing")) {
      exchange.respond(Response.text(404, "container not found (\"missing\")"));
      return;
    }
    try {
      if (WebSocket.isWanted(exchange)) {
        commandOverWebSocket(WebSocket.accept(exchange, List.of("v4.channel.k8s.io")), words);
      } else {
        Headers headers = Headers.of("x-stream-protocol-version", "v4.channel.k8s.io");
        commandOverSpdy(exchange.upgrade(headers), words, query);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void commandOverSpdy(
      Duplex connection, List<String> words, Map<String, List<String>> query) throws IOException {
    int expected = 1;
    for (String name : List.of("input", "output", "error", "tty")) {
      expected += query.containsKey(name) ? 1 : 0;
    }
    expected -= query.containsKey("error") && query.containsKey("tty") ? 1 : 0;
    try (SpdyConnection spdy = SpdyConnection.server(connection)) {
      Map<Channel, SpdyStream> streams = new EnumMap<>(Channel.class);
      while (streams.size() < expected) {
        SpdyStream stream = spdy.accept().orElseThrow();
        String type = stream.headers().first("streamtype");
        streams.put(Channel.valueOf(type.toUpperCase(java.util.Locale.ROOT)), stream);
      }
      Map<Channel, OutputStream> outputs = new EnumMap<>(Channel.class);
      streams.forEach((channel, stream) -> outputs.put(channel, stream.output()));
      Map<Channel, InputStream> inputs = new EnumMap<>(Channel.class);
      streams.forEach((channel, stream) -> inputs.put(channel, stream.input()));
      String status = run(words, inputs, outputs);
      outputs.get(Channel.ERROR).write(status.getBytes(StandardCharsets.UTF_8));
      for (OutputStream output : outputs.values()) {
        output.close();
      }
    }
  }

  private static void commandOverWebSocket(WebSocket socket, List<String> words)
      throws IOException {
    Map<Channel, OutputStream> outputs = new EnumMap<>(Channel.class);
    for (Channel channel : List.of(Channel.STDOUT, Channel.STDERR, Channel.ERROR)) {
      outputs.put(channel, new ChannelOutput(socket, channel));
    }
    Map<Channel, InputStream> inputs = new EnumMap<>(Channel.class);
    inputs.put(Channel.STDIN, new ChannelInput(socket, Channel.STDIN));
    inputs.put(Channel.RESIZE, new ChannelInput(socket, Channel.RESIZE));
    try (socket) {
      String status = run(words, inputs, outputs);
      outputs.get(Channel.ERROR).write(status.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final class ChannelOutput extends OutputStream {
    private final WebSocket socket;
    private final Channel channel;

    ChannelOutput(WebSocket socket, Channel channel) {
      this.socket = socket;
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      socket.sendBinary(
          new byte[] {channel.number()}, Arrays.copyOfRange(bytes, from, from + length));
    }
  }

  private static final class ChannelInput extends InputStream {
    private final WebSocket socket;
    private final Channel channel;

    ChannelInput(WebSocket socket, Channel channel) {
      this.socket = socket;
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("not used");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      Optional<WebSocket.Message> message = socket.receive();
      while (message.isPresent() && message.get().bytes()[0] != channel.number()) {
        message = socket.receive();
      }
      if (message.isEmpty()) {
        return -1;
      }
      int count = Math.min(length, message.get().bytes().length - 1);
      System.arraycopy(message.get().bytes(), 1, into, from, count);
      return count;
    }
  }

  /** Runs a command and tells its end as a kubelet's error stream does. */
  private static String run(
      List<String> words, Map<Channel, InputStream> in, Map<Channel, OutputStream> out)
      throws IOException {
    switch (words.getFirst()) {
      case "echo" -> {
        String text = String.join(" ", words.subList(1, words.size())) + "\n";
        out.get(Channel.STDOUT).write(text.getBytes(StandardCharsets.UTF_8));
      }
      case "complain" ->
          out.get(Channel.STDERR).write("complaint\n".getBytes(StandardCharsets.UTF_8));
      case "cat" -> copy(in.get(Channel.STDIN), out.get(Channel.STDOUT));
      case "size" -> {
        byte[] size = new byte[200];
        int count = in.get(Channel.RESIZE).read(size, 0, size.length);
        out.get(Channel.STDOUT).write(size, 0, count);
      }
      default -> {
        return "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"command terminated with"
            + " non-zero exit code\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":"
            + "[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}";
      }
    }
    return "{\"metadata\":{},\"status\":\"Success\"}";
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer, 0, buffer.length); n >= 0; n = in.read(buffer, 0, buffer.length)) {
      out.write(buffer, 0, n);
    }
  }

  // ---- ports

  private static void portForward(Exchange exchange) {
    Headers headers = Headers.of("x-stream-protocol-version", "portforward.k8s.io");
    try (SpdyConnection spdy = SpdyConnection.server(exchange.upgrade(headers))) {
      Map<String, SpdyStream> errors = new HashMap<>();
      for (Optional<SpdyStream> s = spdy.accept(); s.isPresent(); s = spdy.accept()) {
        Headers about = s.get().headers();
        if ("error".equals(about.first("streamtype"))) {
          errors.put(about.first("requestid"), s.get());
        } else {
          SpdyStream data = s.get();
          SpdyStream error = errors.remove(about.first("requestid"));
          Thread.ofVirtual().start(() -> connect(about.first("port"), data, error));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void connect(String port, SpdyStream data, SpdyStream error) {
    try (OutputStream out = data.output();
        OutputStream problem = error.output()) {
      if (port.equals("81")) {
        problem.write(
            "error forwarding port 81: connection refused".getBytes(StandardCharsets.UTF_8));
      } else {
        copy(data.input(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
