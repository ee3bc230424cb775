package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * Users by client certificate: the common name is the user, organizations are the groups (upstream
 * documentation, "X509 client certificates"). The chain must lead to a trusted authority, be valid
 * now and allow client authentication. What was verified is remembered per chain, so that a request
 * on a kept connection costs one map lookup.
 */
public final class ClientCertificates implements Authenticator {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";

  /** Where a certificate may name the user's uid (KEP-4743). */
  private static final ASN1ObjectIdentifier UID = new ASN1ObjectIdentifier("1.3.6.1.4.1.57683.2");

  private static final int REMEMBERED_CHAINS = 10_000;

  private final InstantSource clock;
  private volatile Trust trust;

  /** The authorities, and what was verified against them. */
  private record Trust(
      List<X509Certificate> authorities, BoundedCache<List<X509Certificate>, Verified> verified) {}

  /** A verified chain; valid from and until these instants, both included. */
  private record Verified(Optional<UserInfo> user, Instant from, Instant until) {}

  /**
   * @param authorities the client CA bundle; any of it ends a chain
   */
  public ClientCertificates(Collection<X509Certificate> authorities, InstantSource clock) {
    this.clock = clock;
    this.trust = trust(authorities);
  }

  /** Trusts these authorities from now on, and no others: the bundle's file has changed. */
  public void replaceAuthorities(Collection<X509Certificate> authorities) {
    trust = trust(authorities);
  }

  private static Trust trust(Collection<X509Certificate> authorities) {
    return new Trust(List.copyOf(authorities), new BoundedCache<>(REMEMBERED_CHAINS));
  }

  @Override
  public Optional<UserInfo> authenticate(Credentials credentials) {
    List<X509Certificate> chain = credentials.certificates();
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    Trust now = trust;
    if (now.authorities.isEmpty()) {
      return Optional.empty();
    }
    Instant at = clock.instant();
    Verified known = now.verified.get(chain);
    if (known == null || at.isBefore(known.from) || at.isAfter(known.until)) {
      known = verify(now.authorities, chain, at);
      now.verified.put(chain, known);
    }
    return known.user;
  }

  private static Verified verify(
      List<X509Certificate> authorities, List<X509Certificate> chain, Instant at) {
    X509Certificate own = chain.getFirst();
    try {
      checkTime(own, at);
      List<X509Certificate> path = path(authorities, chain, at);
      Instant from = Instant.MIN;
      Instant until = Instant.MAX;
      for (X509Certificate certificate : path) {
        checkTime(certificate, at);
        checkUsage(certificate);
        from = later(from, certificate.getNotBefore().toInstant());
        until = earlier(until, certificate.getNotAfter().toInstant());
      }
      return new Verified(user(own), from, until);
    } catch (GeneralSecurityException e) {
      throw new AuthenticationException(
          "x509: certificate of \""
              + own.getSubjectX500Principal().getName()
              + "\", serial "
              + own.getSerialNumber()
              + ": "
              + e.getMessage());
    }
  }

  /** From the client's own certificate to the authority, both included. */
  private static List<X509Certificate> path(
      List<X509Certificate> authorities, List<X509Certificate> chain, Instant at)
      throws GeneralSecurityException {
    X509CertSelector own = new X509CertSelector();
    own.setCertificate(chain.getFirst());
    Set<TrustAnchor> anchors = new HashSet<>();
    authorities.forEach(a -> anchors.add(new TrustAnchor(a, null)));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    PKIXCertPathBuilderResult result =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    CertPath built = result.getCertPath();
    List<X509Certificate> path = new ArrayList<>();
    built.getCertificates().forEach(c -> path.add((X509Certificate) c));
    path.add(result.getTrustAnchor().getTrustedCert());
    return path;
  }

  private static void checkTime(X509Certificate certificate, Instant at)
      throws CertificateException {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (at.isBefore(from) || at.isAfter(until)) {
      throw new CertificateException(
          "certificate has expired or is not yet valid: current time "
              + at
              + (at.isBefore(from) ? " is before " + from : " is after " + until));
    }
  }

  private static void checkUsage(X509Certificate certificate) throws CertificateParsingException {
    List<String> usages = certificate.getExtendedKeyUsage();
    if (usages != null && !usages.contains(CLIENT_AUTH) && !usages.contains(ANY_USAGE)) {
      throw new CertificateParsingException(
          "certificate specifies an incompatible key usage: "
              + certificate.getSubjectX500Principal().getName());
    }
  }

  /** The user that a certificate names; empty if it has no common name. */
  private static Optional<UserInfo> user(X509Certificate certificate)
      throws CertificateEncodingException, GeneralSecurityException {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    String name = last(subject, BCStyle.CN);
    if (name == null || name.isEmpty()) {
      return Optional.empty();
    }
    String uid = last(subject, UID);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    UserInfo user =
        new UserInfo(
            name,
            uid == null ? "" : uid,
            all(subject, BCStyle.O),
            Map.of(
                UserInfo.CREDENTIAL_ID, List.of("X509SHA256=" + HexFormat.of().formatHex(digest))));
    return Optional.of(user.withGroup(UserInfo.ALL_AUTHENTICATED));
  }

  private static @Nullable String last(X500Name subject, ASN1ObjectIdentifier type) {
    List<String> values = all(subject, type);
    return values.isEmpty() ? null : values.getLast();
  }

  private static List<String> all(X500Name subject, ASN1ObjectIdentifier type) {
    List<String> values = new ArrayList<>();
    for (RDN rdn : subject.getRDNs(type)) {
      for (AttributeTypeAndValue part : rdn.getTypesAndValues()) {
        if (part.getType().equals(type)) {
          values.add(part.getValue() instanceof ASN1String s ? s.getString() : "");
        }
      }
    }
    return values;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
