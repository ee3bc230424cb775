package io.tiphys.bootstrap.pki;

import io.tiphys.bootstrap.pki.CertificateSpec.KeyAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Makes key pairs. */
final class KeyPairs {
  private static final int RSA_BITS = 2048;

  private KeyPairs() {}

  static KeyPair generate(KeyAlgorithm algorithm) {
    try {
      return switch (algorithm) {
        case ECDSA_P256 -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec("secp256r1"));
          yield generator.generateKeyPair();
        }
        case RSA_2048 -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
          generator.initialize(RSA_BITS);
          yield generator.generateKeyPair();
        }
      };
    } catch (GeneralSecurityException e) {
      throw new PkiException("this JDK cannot make a key of " + algorithm, e);
    }
  }
}
