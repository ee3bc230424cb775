package io.tiphys.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.TreeSet;

/** The addresses of this host. */
final class HostAddresses {
  /** An address for documentation (RFC 5737): nothing is sent to it. */
  private static final String ANYWHERE = "192.0.2.1";

  private HostAddresses() {}

  /** The address that the default route uses; the loopback address if there is no route. */
  static String advertised() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(ANYWHERE), 9));
      InetAddress local = socket.getLocalAddress();
      return local.isAnyLocalAddress() ? "127.0.0.1" : local.getHostAddress();
    } catch (IOException | java.io.UncheckedIOException e) {
      return "127.0.0.1";
    }
  }

  /** Every address of every interface that is up, without scopes. */
  static Collection<String> all() {
    TreeSet<String> all = new TreeSet<>();
    try {
      for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
        if (card.isUp()) {
          card.inetAddresses()
              .filter(a -> !a.isLinkLocalAddress())
              .map(a -> a.getHostAddress().replaceFirst("%.*", ""))
              .forEach(all::add);
        }
      }
    } catch (SocketException e) {
      throw new IllegalStateException("cannot list the network interfaces: " + e, e);
    }
    return all;
  }
}
