package io.tiphys.apiserver.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The two ends of a connection.
 *
 * @param certificates what the client presented, unverified; see {@link
 *     RequestHead#clientCertificates()}
 */
record Peer(InetSocketAddress remote, InetSocketAddress local, List<X509Certificate> certificates) {
  Peer {
    certificates = List.copyOf(certificates);
  }
}
