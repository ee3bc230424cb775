package io.tiphys.bootstrap.pki;

import io.tiphys.bootstrap.pki.CertificateSpec.KeyAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The certificates and keys of a control plane, in one folder laid out as kubeadm does ({@code
 * ca.crt}, {@code apiserver.crt}, {@code sa.key}, ...). What is missing is made; what is there is
 * kept, but a certificate that lacks a name it needs or is about to expire is issued anew.
 */
public final class ClusterPki {
  private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
  private static final Duration VALIDITY = Duration.ofDays(365);

  /** A certificate with less life left than this is renewed at the next start. */
  private static final Duration RENEW_BEFORE = Duration.ofDays(90);

  private final Path folder;
  private final InstantSource clock;

  public ClusterPki(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Makes what is missing.
   *
   * @param serverNames addresses and names under which clients reach the API server
   */
  public void ensure(Collection<String> serverNames) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new PkiException("cannot make the folder " + folder + ": " + e, e);
    }
    CertificateAuthority cluster = authority("ca", "kubernetes");
    CertificateAuthority frontProxy = authority("front-proxy-ca", "front-proxy-ca");
    identity(
        cluster,
        "apiserver",
        CertificateSpec.server("kube-apiserver", VALIDITY, List.copyOf(serverNames)));
    identity(
        cluster,
        "apiserver-kubelet-client",
        CertificateSpec.client("kube-apiserver-kubelet-client", VALIDITY, "system:masters"));
    identity(
        frontProxy, "front-proxy-client", CertificateSpec.client("front-proxy-client", VALIDITY));
    identity(
        cluster, "admin", CertificateSpec.user("kubernetes-admin", VALIDITY, "system:masters"));
    serviceAccountKeys();
  }

  private CertificateAuthority authority(String name, String commonName) {
    Path certificate = file(name + ".crt");
    Path key = file(name + ".key");
    if (!Files.exists(certificate)) {
      CertificateAuthority made =
          CertificateAuthority.create(commonName, AUTHORITY_VALIDITY, clock);
      Pem.writePrivate(key, Pem.privateKey(made.key()));
      Pem.writePublic(certificate, Pem.certificate(made.certificate()));
      return made;
    }
    X509Certificate read = Pem.readCertificates(certificate).getFirst();
    String algorithm = read.getPublicKey().getAlgorithm();
    return new CertificateAuthority(new Identity(read, Pem.readPrivateKey(key, algorithm)), clock);
  }

  private void identity(CertificateAuthority authority, String name, CertificateSpec spec) {
    Path certificate = file(name + ".crt");
    if (Files.exists(certificate)
        && serves(Pem.readCertificates(certificate).getFirst(), spec, authority)) {
      return;
    }
    Identity issued = authority.issue(spec);
    Pem.writePrivate(file(name + ".key"), Pem.privateKey(issued.key()));
    Pem.writePublic(certificate, Pem.certificate(issued.certificate()));
  }

  private boolean serves(
      X509Certificate certificate, CertificateSpec spec, CertificateAuthority authority) {
    try {
      certificate.verify(authority.certificate().getPublicKey());
      return certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEW_BEFORE))
          && names(certificate).containsAll(normalized(spec.names()));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Set<String> names(X509Certificate certificate) throws GeneralSecurityException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    return all == null
        ? Set.of()
        : normalized(all.stream().map(entry -> entry.get(1).toString()).toList());
  }

  /** IPv6 addresses have many spellings. */
  private static Set<String> normalized(Collection<String> names) {
    return names.stream()
        .map(n -> n.contains(":") ? InetAddress.ofLiteral(n).getHostAddress() : n)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void serviceAccountKeys() {
    Path key = file("sa.key");
    if (Files.exists(key)) {
      return;
    }
    KeyPair keys = KeyPairs.generate(KeyAlgorithm.ECDSA_P256);
    Pem.writePublic(file("sa.pub"), Pem.publicKey(keys.getPublic()));
    Pem.writePrivate(key, Pem.privateKey(keys.getPrivate()));
  }
}
