package io.tiphys.bootstrap.pki;

import io.tiphys.bootstrap.pki.CertificateSpec.KeyAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that signs the certificates of a cluster's parts. */
public final class CertificateAuthority {
  private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  /** Certificates are valid from a little before now, since hosts' clocks differ. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private final Identity identity;
  private final InstantSource clock;

  public CertificateAuthority(Identity identity, InstantSource clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /** Makes a self-signed authority. */
  public static CertificateAuthority create(
      String commonName, Duration validity, InstantSource clock) {
    KeyPair keys = KeyPairs.generate(KeyAlgorithm.ECDSA_P256);
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    try {
      X509v3CertificateBuilder builder =
          builder(name, name, keys.getPublic(), validity, clock.instant());
      JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
          .addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(
                  KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              utils.createSubjectKeyIdentifier(keys.getPublic()))
          .addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(new GeneralName(GeneralName.dNSName, commonName)));
      X509Certificate certificate = sign(builder, keys.getPrivate());
      return new CertificateAuthority(new Identity(certificate, keys.getPrivate()), clock);
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new PkiException("cannot make the authority " + commonName, e);
    }
  }

  public X509Certificate certificate() {
    return identity.certificate();
  }

  public PrivateKey key() {
    return identity.key();
  }

  /** Makes a key pair and a certificate for it. */
  public Identity issue(CertificateSpec spec) {
    KeyPair keys = KeyPairs.generate(spec.key());
    return new Identity(sign(spec, keys.getPublic()), keys.getPrivate());
  }

  private X509Certificate sign(CertificateSpec spec, PublicKey key) {
    X500NameBuilder subject = new X500NameBuilder();
    spec.organizations().forEach(o -> subject.addRDN(BCStyle.O, o));
    subject.addRDN(BCStyle.CN, spec.commonName());
    X500Name issuer = X500Name.getInstance(certificate().getSubjectX500Principal().getEncoded());
    List<KeyPurposeId> purposes = new ArrayList<>();
    if (spec.server()) {
      purposes.add(KeyPurposeId.id_kp_serverAuth);
    }
    if (spec.client()) {
      purposes.add(KeyPurposeId.id_kp_clientAuth);
    }
    try {
      X509v3CertificateBuilder builder =
          builder(issuer, subject.build(), key, spec.validity(), clock.instant());
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(
              Extension.keyUsage,
              true,
              new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(purposes.toArray(new KeyPurposeId[0])))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate()));
      if (!spec.names().isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names(spec.names()));
      }
      return sign(builder, identity.key());
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new PkiException("cannot issue a certificate for " + spec.commonName(), e);
    }
  }

  private static GeneralNames names(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(n ->
                new GeneralName(
                    IP.matcher(n).matches() ? GeneralName.iPAddress : GeneralName.dNSName, n))
            .toArray(GeneralName[]::new));
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Duration validity, Instant now) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, new SecureRandom()),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(validity)),
        subject,
        key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws OperatorCreationException, GeneralSecurityException {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
  }
}
