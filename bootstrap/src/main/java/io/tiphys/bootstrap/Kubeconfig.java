package io.tiphys.bootstrap;

import io.tiphys.bootstrap.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A kubeconfig of one cluster and one user, with embedded certificates.
 *
 * @param name of cluster and context
 */
public record Kubeconfig(
    String name, String server, String user, Path authority, Path certificate, Path key) {

  /** Writes it, readable by its owner only (0600). */
  public void write(Path file) {
    Pem.writePrivate(file, text());
  }

  private String text() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: %1$s
      cluster:
        server: %2$s
        certificate-authority-data: %4$s
    users:
    - name: %3$s
      user:
        client-certificate-data: %5$s
        client-key-data: %6$s
    contexts:
    - name: %1$s
      context:
        cluster: %1$s
        user: %3$s
    current-context: %1$s
    """
        .formatted(name, server, user, base64(authority), base64(certificate), base64(key));
  }

  private static String base64(Path file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot read " + file, e);
    }
  }
}
