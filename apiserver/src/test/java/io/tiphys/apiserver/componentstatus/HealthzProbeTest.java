package io.tiphys.apiserver.componentstatus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class HealthzProbeTest {
  @Test
  void whoDoesNotListenIsUnhealthy() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    assertThat(new HealthzProbe("scheduler", port).fault())
        .contains(
            "Get \"https://127.0.0.1:%1$s/healthz\": dial tcp 127.0.0.1:%1$s: connect: connection refused"
                .formatted(port));
  }
}
