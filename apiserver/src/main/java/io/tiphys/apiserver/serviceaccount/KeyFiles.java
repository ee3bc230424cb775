package io.tiphys.apiserver.serviceaccount;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of service account keys: {@code sa.key} and {@code sa.pub}, RSA or ECDSA, in any of
 * the usual PEM forms (PKCS#1, SEC 1, PKCS#8, public key, certificate).
 */
public final class KeyFiles {
  private static final int RSA_BITS = 2048;

  private KeyFiles() {}

  /**
   * The signing key of a file ({@code --service-account-signing-key-file}).
   *
   * @throws IllegalArgumentException if the file holds no usable private key; the message names it
   */
  public static SigningKey readSigningKey(Path file) throws IOException {
    for (Object part : parts(file)) {
      Optional<SigningKey> key = signingKey(file, part);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new IllegalArgumentException(file + ": there is no private key in PEM form");
  }

  /**
   * All keys of a file that verify tokens ({@code --service-account-key-file}); of a private key
   * its public half.
   *
   * @throws IllegalArgumentException if the file holds no usable key; the message names it
   */
  public static List<VerificationKey> readVerificationKeys(Path file) throws IOException {
    List<VerificationKey> keys = new ArrayList<>();
    for (Object part : parts(file)) {
      signingKey(file, part).map(SigningKey::verification).ifPresent(keys::add);
      @Nullable SubjectPublicKeyInfo info =
          switch (part) {
            case SubjectPublicKeyInfo i -> i;
            case X509CertificateHolder c -> c.getSubjectPublicKeyInfo();
            default -> null;
          };
      if (info != null) {
        keys.add(VerificationKey.of(converter().getPublicKey(info)));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(file + ": there is no key in PEM form");
    }
    return keys;
  }

  /** A new RSA key of 2048 bits, as kubeadm makes it. */
  public static SigningKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), VerificationKey.of(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** The key of {@code sa.key}; generated and written, with {@code sa.pub}, if there is none. */
  public static SigningKey readOrGenerate(Path privateFile, Path publicFile) throws IOException {
    if (Files.exists(privateFile)) {
      return readSigningKey(privateFile);
    }
    SigningKey key = generate();
    write(publicFile, "rw-r--r--", pem(key.verification().key()));
    write(privateFile, "rw-------", pem(key.key()));
    return key;
  }

  private static void write(Path file, String mode, String text) throws IOException {
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    Files.writeString(draft, text, StandardCharsets.US_ASCII);
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String pem(Object key) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<Object> parts(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<Object> parts = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        parts.add(part);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    return parts;
  }

  private static Optional<SigningKey> signingKey(Path file, Object part) throws IOException {
    @Nullable PrivateKeyInfo info =
        switch (part) {
          case PEMKeyPair pair -> pair.getPrivateKeyInfo();
          case PrivateKeyInfo i -> i;
          default -> null;
        };
    if (info == null) {
      return Optional.empty();
    }
    if (info.getPrivateKeyAlgorithm().getParameters() == null) {
      throw new IllegalArgumentException(file + ": the private key does not name its curve");
    }
    AsymmetricKeyParameter publicHalf =
        switch (PrivateKeyFactory.createKey(info)) {
          case RSAPrivateCrtKeyParameters rsa ->
              new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
          case ECPrivateKeyParameters ec ->
              new ECPublicKeyParameters(
                  ec.getParameters().getG().multiply(ec.getD()), ec.getParameters());
          default ->
              throw new IllegalArgumentException(
                  file + ": the private key is neither RSA nor ECDSA");
        };
    VerificationKey verification =
        VerificationKey.of(
            converter()
                .getPublicKey(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicHalf)));
    return Optional.of(new SigningKey(converter().getPrivateKey(info), verification));
  }

  /** The Java platform calls "EC" what Bouncy Castle calls "ECDSA". */
  private static JcaPEMKeyConverter converter() {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    converter.setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
    return converter;
  }
}
