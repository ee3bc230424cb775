package io.tiphys.server;

import io.tiphys.apiserver.http.client.ClientTls;
import io.tiphys.apiserver.stream.Kubelets;
import io.tiphys.bootstrap.pki.Pem;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the server shows itself to kubelets, and which kubelets it trusts. */
final class KubeletTls {
  private static final X509Certificate[] ANYBODY = {};

  private final Path certificate;
  private final Path keyFile;
  private final @Nullable Path authority;
  private final ReloadedFiles files;
  private volatile Kubelets kubelets;

  KubeletTls(ServerOptions options, Credentials credentials) {
    this.certificate =
        or(
            options.kubeletClientCertificate(),
            credentials.pki().file("apiserver-kubelet-client.crt"));
    this.keyFile =
        or(options.kubeletClientKey(), credentials.pki().file("apiserver-kubelet-client.key"));
    this.authority = options.kubeletCertificateAuthority();
    this.files =
        new ReloadedFiles(
            Stream.of(certificate, keyFile, authority).filter(Objects::nonNull).toList(),
            () -> kubelets = read());
    this.kubelets = read();
  }

  Kubelets kubelets() {
    return kubelets;
  }

  /** Takes the files up if they have changed; what cannot be used is reported and left alone. */
  boolean reload() {
    return files.reload();
  }

  /** Kubelets are verified only if {@code --kubelet-certificate-authority} names who signed. */
  private Kubelets read() {
    X509Certificate[] chain = certificates(certificate);
    PrivateKey key = Pem.readPrivateKey(keyFile, chain[0].getPublicKey().getAlgorithm());
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
