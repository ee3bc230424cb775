package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.WebSocket;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SPDY connection in a WebSocket's binary messages: how clients forward ports since 1.31
 * (KEP-4006). The kubelet gets the bytes as they are.
 */
final class Tunnel {
  static final String PREFIX = "SPDY/3.1+";
  private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

  private Tunnel() {}

  /** Runs until either side has enough. */
  static void run(WebSocket client, Duplex kubelet) throws IOException {
    Thread.ofVirtual().name("tunnel-back").start(() -> carryBack(kubelet, client));
    try {
      Optional<WebSocket.Message> message = client.receive();
      while (message.isPresent()) {
        kubelet.output().write(message.get().bytes());
        kubelet.output().flush();
        message = client.receive();
      }
    } catch (IOException e) {
      LOG.debug("a tunnel has ended: {}", e.getMessage());
    } finally {
      kubelet.close();
    }
  }

  private static void carryBack(Duplex kubelet, WebSocket client) {
    byte[] buffer = new byte[32 * 1024];
    try (client) {
      for (int n = kubelet.input().read(buffer); n >= 0; n = kubelet.input().read(buffer)) {
        client.sendBinary(Arrays.copyOf(buffer, n));
      }
    } catch (IOException e) {
      LOG.debug("a tunnel has ended: {}", e.getMessage());
    }
  }
}
