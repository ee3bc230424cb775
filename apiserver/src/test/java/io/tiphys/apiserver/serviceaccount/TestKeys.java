package io.tiphys.apiserver.serviceaccount;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Keys that are quickly made. */
public final class TestKeys {
  private TestKeys() {}

  public static SigningKey ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), VerificationKey.of(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
