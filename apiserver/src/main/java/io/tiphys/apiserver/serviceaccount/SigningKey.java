package io.tiphys.apiserver.serviceaccount;

import java.security.PrivateKey;

/** The private key that signs tokens, and its public half. */
public record SigningKey(PrivateKey key, VerificationKey verification) {

  @Override
  public String toString() {
    return "SigningKey[" + verification.id() + "]";
  }
}
