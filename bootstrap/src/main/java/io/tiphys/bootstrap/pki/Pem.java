package io.tiphys.bootstrap.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as PEM text (RFC 7468) in files: keys readable by their owner only. */
public final class Pem {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /** One block: {@code CERTIFICATE}, {@code PRIVATE KEY} (PKCS 8), {@code PUBLIC KEY}. */
  static String block(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, BASE64.encodeToString(der), label);
  }

  public static String certificate(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new PkiException("cannot encode " + certificate.getSubjectX500Principal(), e);
    }
  }

  public static String privateKey(Key key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  public static String publicKey(Key key) {
    return block("PUBLIC KEY", key.getEncoded());
  }

  /** All certificates of a file, which must hold at least one. */
  public static List<X509Certificate> readCertificates(Path file) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> all =
          factory.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new PkiException(file + " holds no certificate");
      }
      return all;
    } catch (IOException | GeneralSecurityException e) {
      throw new PkiException("cannot read certificates from " + file + ": " + e.getMessage(), e);
    }
  }

  /** A PKCS 8 key of the algorithm ({@code EC}, {@code RSA}). */
  public static PrivateKey readPrivateKey(Path file, String algorithm) {
    try {
      Matcher matcher = PRIVATE_KEY.matcher(Files.readString(file));
      if (!matcher.find()) {
        throw new PkiException(file + " holds no PKCS 8 private key (BEGIN PRIVATE KEY)");
      }
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new PkiException("cannot read a private key from " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes a file that others may read (0644), whole or not at all. */
  public static void writePublic(Path file, String text) {
    write(file, text, "rw-r--r--");
  }

  /** Writes a file that only its owner may read (0600), whole or not at all. */
  public static void writePrivate(Path file, String text) {
    write(file, text, "rw-------");
  }

  private static void write(Path file, String text, String mode) {
    try {
      Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
      Files.deleteIfExists(temporary);
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PkiException("cannot write " + file + ": " + e, e);
    }
  }
}
