package io.tiphys.apiserver.authentication;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a request shows of its sender.
 *
 * @param bearerToken from {@code Authorization}, or from the WebSocket protocol {@code
 *     base64url.bearer.authorization.k8s.io.TOKEN}; "" if none
 * @param certificates the client's chain as presented, not yet verified; empty if none
 * @param path the request's path, since anonymous access may be limited to some
 */
public record Credentials(
    String bearerToken, List<X509Certificate> certificates, InetSocketAddress remote, String path) {
  public Credentials {
    certificates = List.copyOf(certificates);
  }
}
