package io.tiphys.bootstrap.pki;

import java.time.Duration;
import java.util.List;

/**
 * What a certificate is to say.
 *
 * @param commonName the user or server name
 * @param organizations the user's groups
 * @param names DNS names and IP addresses it is valid for, as a server
 */
public record CertificateSpec(
    String commonName,
    List<String> organizations,
    List<String> names,
    boolean server,
    boolean client,
    Duration validity) {
  public CertificateSpec {
    organizations = List.copyOf(organizations);
    names = List.copyOf(names);
    if (!server && !client) {
      throw new IllegalArgumentException(commonName + ": neither server nor client");
    }
  }

  public static CertificateSpec client(String commonName, Duration validity, String... groups) {
    return new CertificateSpec(commonName, List.of(groups), List.of(), false, true, validity);
  }

  public static CertificateSpec server(String commonName, Duration validity, List<String> names) {
    return new CertificateSpec(commonName, List.of(), names, true, false, validity);
  }
}
