package io.tiphys.server;

import io.tiphys.apiserver.allocation.IpRange;
import io.tiphys.apiserver.serviceaccount.KeyFiles;
import io.tiphys.apiserver.serviceaccount.SigningKey;
import io.tiphys.apiserver.serviceaccount.VerificationKey;
import io.tiphys.bootstrap.pki.ClusterPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The certificates and keys that a server works with: those it was given, else those in its data
 * folder.
 *
 * @param verificationKeys of service account tokens; the signing key's public half first
 */
record Credentials(
    Path tlsCertificate,
    Path tlsKey,
    Path clientAuthorities,
    SigningKey signingKey,
    List<VerificationKey> verificationKeys,
    ClusterPki pki) {

  /** Makes what is missing. */
  static Credentials prepare(ServerOptions options, String advertised, InstantSource clock) {
    ClusterPki pki = new ClusterPki(options.dataDir().resolve("pki"), clock);
    pki.ensure(names(options, advertised));
    try {
      SigningKey signing = KeyFiles.readSigningKey(signingKeyFile(options, pki));
      List<VerificationKey> keys = new ArrayList<>(List.of(signing.verification()));
      for (Path file : options.serviceAccountKeyFiles()) {
        keys.addAll(KeyFiles.readVerificationKeys(file));
      }
      return new Credentials(
          or(options.tlsCertFile(), pki.file("apiserver.crt")),
          or(options.tlsKeyFile(), pki.file("apiserver.key")),
          or(options.clientCaFile(), pki.file("ca.crt")),
          signing,
          keys.stream().distinct().toList(),
          pki);
    } catch (IOException e) {
      throw new ServerException("cannot read a service account key: " + e.getMessage(), e);
    }
  }

  /** Upstream's documents sign with the first private key they name; so do we. */
  private static Path signingKeyFile(ServerOptions options, ClusterPki pki) {
    return options.serviceAccountKeyFiles().isEmpty()
        ? pki.file("sa.key")
        : options.serviceAccountKeyFiles().getFirst();
  }

  private static Path or(@org.jspecify.annotations.Nullable Path given, Path standard) {
    return given == null ? standard : given;
  }

  /** Every name under which clients may reach this server. */
  private static Collection<String> names(ServerOptions options, String advertised) {
    LinkedHashSet<String> names =
        new LinkedHashSet<>(
            List.of(
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc." + options.clusterDomain(),
                "localhost",
                "127.0.0.1",
                "::1",
                advertised));
    names.addAll(HostAddresses.all());
    options.serviceCidrs().forEach(cidr -> names.add(IpRange.parse(cidr).address(1)));
    for (String name : options.extraNames()) {
      if (name.endsWith(".")) {
        throw new ServerException(
            "--tls-san: \""
                + name
                + "\" ends with a dot, so no client would match it; leave it out");
      }
      names.add(name);
    }
    try {
      names.add(InetAddress.getLocalHost().getHostName().toLowerCase(java.util.Locale.ROOT));
    } catch (UnknownHostException e) {
      org.slf4j.LoggerFactory.getLogger(Credentials.class)
          .warn(
              "this host does not know its own name, so the certificate lacks it: {}",
              e.toString());
    }
    return names;
  }
}
