package io.tiphys.server;

import io.tiphys.apiserver.http.client.ClientTls;
import io.tiphys.apiserver.stream.Kubelets;
import io.tiphys.bootstrap.pki.Pem;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** How the server shows itself to kubelets, and which kubelets it trusts. */
final class KubeletTls {
  private static final X509Certificate[] ANYBODY = {};

  private KubeletTls() {}

  /** Kubelets are verified only if {@code --kubelet-certificate-authority} names who signed. */
  static Kubelets of(ServerOptions options, Credentials credentials) {
    Path certificate =
        or(
            options.kubeletClientCertificate(),
            credentials.pki().file("apiserver-kubelet-client.crt"));
    Path keyFile =
        or(options.kubeletClientKey(), credentials.pki().file("apiserver-kubelet-client.key"));
    X509Certificate[] chain = certificates(certificate);
    PrivateKey key = Pem.readPrivateKey(keyFile, chain[0].getPublicKey().getAlgorithm());
    Path authority = options.kubeletCertificateAuthority();
    return new Kubelets(
        ClientTls.of(key, chain, authority == null ? ANYBODY : certificates(authority)),
        ClientTls.of(key, chain, ANYBODY),
        authority != null,
        Kubelets.ADDRESS_TYPES);
  }

  private static X509Certificate[] certificates(Path file) {
    return Pem.readCertificates(file).toArray(X509Certificate[]::new);
  }

  private static Path or(@Nullable Path given, Path standard) {
    return given == null ? standard : given;
  }
}
