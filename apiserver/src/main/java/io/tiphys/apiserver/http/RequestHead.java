package io.tiphys.apiserver.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request says before its body; the same for HTTP/1.1 and HTTP/2. */
public interface RequestHead {
  /** In capitals, as sent: {@code GET}. */
  String method();

  /** The raw path, still percent-encoded, without the query; starts with {@code /}. */
  String path();

  /** The raw query, without the question mark; empty if there is none. */
  String query();

  /** The host (and port) that the client meant; empty if it did not say. */
  String authority();

  /** The first value of a header, by its name in small letters. */
  @Nullable String header(String name);

  /** All headers, names in small letters; HTTP/2's pseudo-headers are not among them. */
  Headers headers();

  boolean http2();

  /** The other end of the connection. */
  InetSocketAddress remote();

  /** The address on which the request arrived. */
  InetSocketAddress local();

  /**
   * The certificate chain that the client presented in the TLS handshake, its own first; empty if
   * it presented none. The client has proven that it owns the key, nothing else: <b>whether the
   * chain leads to a trusted authority is for the authenticator to verify</b>, so that a stranger's
   * certificate is answered with 401 and not with a broken handshake, as upstream does.
   */
  List<X509Certificate> clientCertificates();
}
