package io.tiphys.apiserver.http.client;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.Headers;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to another server, for one HTTP/1.1 request. */
public final class HttpConnection implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
  private static final int MAX_LINE = 256 * 1024;
  private static final int MAX_HEADERS = 1000;

  private final Endpoint endpoint;
  private final Socket raw;
  private final InputStream input;
  private final OutputStream output;

  private HttpConnection(Endpoint endpoint, Socket raw, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.raw = raw;
    this.input = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
    this.output = socket.getOutputStream();
  }

  /**
   * Connects, and shakes hands if it is to be TLS.
   *
   * @throws IOException in Go's words, which users know: {@code dial tcp 10.0.0.1:10250: ...}
   */
  public static HttpConnection connect(Endpoint endpoint, Duration patience) throws IOException {
    Socket raw = new Socket();
    try {
      raw.setTcpNoDelay(true);
      raw.setKeepAlive(true);
      raw.connect(
          new InetSocketAddress(endpoint.host(), endpoint.port()), (int) patience.toMillis());
      return new HttpConnection(endpoint, raw, secure(endpoint, raw, patience));
    } catch (IOException e) {
      raw.close();
      throw new IOException("dial tcp " + endpoint.authority() + ": " + inGo(e), e);
    }
  }

  private static String inGo(IOException problem) {
    return switch (problem) {
      case SocketTimeoutException e -> "i/o timeout";
      case ConnectException e ->
          "connect: " + String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      case UnknownHostException e -> "lookup " + e.getMessage() + ": no such host";
      default -> String.valueOf(problem.getMessage());
    };
  }

  private static Socket secure(Endpoint endpoint, Socket raw, Duration patience)
      throws IOException {
    if (endpoint.tls() == null) {
      return raw;
    }
    SSLSocket socket =
        (SSLSocket)
            endpoint
                .tls()
                .getSocketFactory()
                .createSocket(raw, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    if (endpoint.serverName() != null) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      if (!endpoint.serverName().equals(endpoint.host())) {
        parameters.setServerNames(List.of(new SNIHostName(endpoint.serverName())));
      }
    }
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    raw.setSoTimeout((int) patience.toMillis());
    socket.startHandshake();
    raw.setSoTimeout(0);
    return socket;
  }

  /**
   * Sends the request and awaits the head of the response. A body is sent meanwhile, on another
   * virtual thread, so the server may answer before it has read all of it.
   */
  public ClientResponse send(ClientRequest request) throws IOException {
    InputStream body = request.body();
    boolean chunked = body != null && request.headers().first("content-length") == null;
    writeHead(request, chunked);
    if (body != null) {
      Thread.ofVirtual().name("request-body").start(() -> sendBody(body, chunked));
    }
    return readResponse(request.method());
  }

  /** The bytes that follow a 101 response, both ways. */
  public Duplex upgraded(ClientResponse response) {
    return new Upgraded(response.body(), output, this);
  }

  private record Upgraded(InputStream input, OutputStream output, HttpConnection connection)
      implements Duplex {
    @Override
    public void close() {
      connection.close();
    }
  }

  /** Closes the connection at once: whoever reads or writes fails. */
  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void writeHead(ClientRequest request, boolean chunked) throws IOException {
    StringBuilder head = new StringBuilder(512);
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    if (request.headers().first("host") == null) {
      head.append("host: ").append(endpoint.authority()).append("\r\n");
    }
    request
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (chunked) {
      head.append("transfer-encoding: chunked\r\n");
    }
    output.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    output.flush();
  }

  private void sendBody(InputStream body, boolean chunked) {
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int n = readBody(body, buffer); n >= 0; n = readBody(body, buffer)) {
        if (chunked) {
          ascii(Integer.toHexString(n) + "\r\n");
        }
        output.write(buffer, 0, n);
        if (chunked) {
          ascii("\r\n");
        }
        output.flush();
      }
      if (chunked) {
        ascii("0\r\n\r\n");
        output.flush();
      }
    } catch (IOException e) {
      LOG.debug("{} takes no more of the request; its response will say why", endpoint, e);
    }
  }

  /** Reads from the sender; if that breaks off, so does the connection: the body is incomplete. */
  private int readBody(InputStream body, byte[] buffer) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void ascii(String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private ClientResponse readResponse(String method) throws IOException {
    while (true) {
      String line = readLine();
      String[] parts = line.split(" ", 3);
      if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-9]\\d\\d")) {
        throw new IOException("malformed HTTP response \"" + line + "\"");
      }
      int status = Integer.parseInt(parts[1]);
      Headers headers = readHeaders();
      if (status == 101 || status >= 200) {
        return new ClientResponse(status, headers, body(method, status, headers));
      }
    }
  }

  private InputStream body(String method, int status, Headers headers) throws IOException {
    String length = headers.first("content-length");
    if (status == 101) {
      return input;
    } else if (method.equals("HEAD") || status == 204 || status == 304) {
      return InputStream.nullInputStream();
    } else if ("chunked".equalsIgnoreCase(headers.first("transfer-encoding"))) {
      return new ChunkedInput(this);
    } else if (length == null) {
      return input;
    }
    try {
      return new SizedInput(input, Long.parseUnsignedLong(length));
    } catch (NumberFormatException e) {
      throw new IOException("malformed content-length \"" + length + "\"", e);
    }
  }

  Headers readHeaders() throws IOException {
    Headers headers = Headers.EMPTY;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || headers.size() >= MAX_HEADERS) {
        throw new IOException("malformed HTTP header \"" + line + "\"");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers = withChecked(headers, name, line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static Headers withChecked(Headers headers, String name, String value)
      throws IOException {
    try {
      return headers.with(name, value);
    } catch (IllegalArgumentException e) {
      throw new IOException("malformed HTTP header: " + e.getMessage(), e);
    }
  }

  String readLine() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0 || line.length() > MAX_LINE) {
        throw new IOException(c < 0 ? "unexpected end of the response" : "a line is too long");
      }
      line.append((char) c);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  InputStream input() {
    return input;
  }
}
