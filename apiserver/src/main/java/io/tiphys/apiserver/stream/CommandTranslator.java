package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.WebSocket;
import io.tiphys.model.json.JsonWriter;
import io.tiphys.model.status.ApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A remote command between a client that speaks {@code v5.channel.k8s.io} over WebSocket and a
 * kubelet that speaks SPDY (KEP-4006). Version 5 lets a client end its standard input, which only
 * SPDY can pass on.
 */
final class CommandTranslator {
  static final String V5 = "v5.channel.k8s.io";
  private static final int MAX_STATUS = 1024 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(CommandTranslator.class);

  private final WebSocket client;
  private final SpdyConnection kubelet;
  private final Map<Channel, SpdyStream> streams = new EnumMap<>(Channel.class);

  private CommandTranslator(WebSocket client, SpdyConnection kubelet) {
    this.client = client;
    this.kubelet = kubelet;
  }

  /** Runs until the command or either side has ended. */
  static void run(WebSocket client, SpdyConnection kubelet, Set<Channel> channels)
      throws IOException {
    try (kubelet) {
      CommandTranslator translator = new CommandTranslator(client, kubelet);
      for (Channel channel : inOrder(channels)) {
        Headers headers = Headers.of("streamtype", channel.streamType());
        translator.streams.put(channel, kubelet.open(headers));
      }
      translator.run(channels);
    } finally {
      client.close();
    }
  }

  /** The kubelet expects the error stream first (upstream's remote command protocol). */
  private static List<Channel> inOrder(Set<Channel> channels) {
    return List.of(Channel.ERROR, Channel.STDIN, Channel.STDOUT, Channel.STDERR, Channel.RESIZE)
        .stream()
        .filter(channels::contains)
        .toList();
  }

  /** Tells the client on the error channel that there will be no command. */
  static void refuse(WebSocket client, ApiException why) throws IOException {
    client.sendBinary(number(Channel.ERROR), JsonWriter.write(why.status()));
    client.close();
  }

  private void run(Set<Channel> channels) throws IOException {
    greet(channels);
    Thread input = Thread.ofVirtual().name("command-input").start(this::carryInput);
    List<Thread> outputs =
        List.of(Channel.STDOUT, Channel.STDERR).stream()
            .filter(channels::contains)
            .map(c -> Thread.ofVirtual().name("command-" + c.streamType()).start(() -> carry(c)))
            .toList();
    byte[] status = streams.get(Channel.ERROR).input().readNBytes(MAX_STATUS);
    try {
      for (Thread output : outputs) {
        output.join();
      }
      client.sendBinary(number(Channel.ERROR), status); // after all that the command has said
      client.close();
      input.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An empty message on the lowest channel that is written to tells that the connection stands. */
  private void greet(Set<Channel> channels) throws IOException {
    for (Channel channel : List.of(Channel.STDOUT, Channel.STDERR, Channel.ERROR)) {
      if (channels.contains(channel)) {
        client.sendBinary(number(channel));
        return;
      }
    }
  }

  private static byte[] number(Channel channel) {
    return new byte[] {channel.number()};
  }

  /** Carries what comes from the kubelet on one channel. */
  private void carry(Channel channel) {
    SpdyStream stream = streams.get(channel);
    byte[] buffer = new byte[32 * 1024];
    try {
      for (int n = stream.input().read(buffer); n >= 0; n = stream.input().read(buffer)) {
        client.sendBinary(number(channel), Arrays.copyOf(buffer, n));
      }
    } catch (IOException e) {
      LOG.debug("{} of a command has ended: {}", channel.streamType(), e.getMessage());
    }
  }

  /** Carries what comes from the client; when it leaves, so does the kubelet's side. */
  private void carryInput() {
    try {
      Optional<WebSocket.Message> message = client.receive();
      while (message.isPresent()) {
        accept(message.get().bytes());
        message = client.receive();
      }
    } catch (IOException e) {
      LOG.debug("a command's client has left: {}", e.getMessage());
    } finally {
      kubelet.close();
    }
  }

  private void accept(byte[] message) throws IOException {
    if (message.length == 0) {
      return;
    }
    int first = message[0] & 0xff;
    boolean close = first == Channel.CLOSE && message.length > 1;
    int number = close ? message[1] : first;
    if (number != Channel.STDIN.number() && number != Channel.RESIZE.number()) {
      return;
    }
    SpdyStream stream = streams.get(Channel.of(number));
    if (stream == null) {
      return;
    }
    OutputStream output = stream.output();
    if (close) {
      output.close();
    } else {
      output.write(message, 1, message.length - 1);
    }
  }
}
