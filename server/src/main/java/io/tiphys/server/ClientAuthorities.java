package io.tiphys.server;

import io.tiphys.apiserver.authentication.ClientCertificates;
import io.tiphys.bootstrap.pki.Pem;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/** The authorities that clients' certificates are verified by: {@code --client-ca-file}. */
final class ClientAuthorities {
  private final Path file;
  private final ClientCertificates certificates;
  private final ReloadedFiles files;
  private volatile String bundle;

  /**
   * @throws RuntimeException if the file holds no certificates
   */
  ClientAuthorities(Path file, InstantSource clock) {
    this.file = file;
    this.files = new ReloadedFiles(List.of(file), this::use);
    List<X509Certificate> authorities = Pem.readCertificates(file);
    this.certificates = new ClientCertificates(authorities, clock);
    this.bundle = text(authorities);
  }

  private void use() {
    List<X509Certificate> authorities = Pem.readCertificates(file);
    certificates.replaceAuthorities(authorities);
    bundle = text(authorities);
  }

  private static String text(List<X509Certificate> authorities) {
    return String.join("", authorities.stream().map(Pem::certificate).toList());
  }

  /** Authenticates clients by the authorities of the time. */
  ClientCertificates certificates() {
    return certificates;
  }

  /** The authorities in use, as PEM. */
  String bundle() {
    return bundle;
  }

  /** Takes the file up if it has changed; one that cannot be used is reported and left alone. */
  boolean reload() {
    return files.reload();
  }
}
