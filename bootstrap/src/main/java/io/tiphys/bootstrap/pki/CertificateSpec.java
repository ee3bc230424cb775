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
    KeyAlgorithm key,
    Duration validity) {

  /** Kinds of keys. */
  public enum KeyAlgorithm {
    /** Handshakes cost a third less than RSA's. */
    ECDSA_P256,
    /** For people: what every client library reads. fabric8 reads no ECDSA key by itself. */
    RSA_2048
  }

  public CertificateSpec {
    organizations = List.copyOf(organizations);
    names = List.copyOf(names);
    if (!server && !client) {
      throw new IllegalArgumentException(commonName + ": neither server nor client");
    }
  }

  public static CertificateSpec client(String commonName, Duration validity, String... groups) {
    return new CertificateSpec(
        commonName, List.of(groups), List.of(), false, true, KeyAlgorithm.ECDSA_P256, validity);
  }

  /** Of a person, who may use any client. */
  public static CertificateSpec user(String commonName, Duration validity, String... groups) {
    return new CertificateSpec(
        commonName, List.of(groups), List.of(), false, true, KeyAlgorithm.RSA_2048, validity);
  }

  public static CertificateSpec server(String commonName, Duration validity, List<String> names) {
    return new CertificateSpec(
        commonName, List.of(), names, true, false, KeyAlgorithm.ECDSA_P256, validity);
  }
}
