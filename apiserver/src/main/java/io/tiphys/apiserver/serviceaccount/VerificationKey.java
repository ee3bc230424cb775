package io.tiphys.apiserver.serviceaccount;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;

/**
 * A public key that verifies tokens.
 *
 * @param id the {@code kid}: the SHA-256 of the key's DER form, in base64url, as upstream makes it
 */
public record VerificationKey(PublicKey key, String id, JwtAlgorithm algorithm) {

  /**
   * The key with its id.
   *
   * @throws IllegalArgumentException if the key is of a kind that tokens are not signed with
   */
  public static VerificationKey of(PublicKey key) {
    return new VerificationKey(key, id(key), JwtAlgorithm.of(key));
  }

  private static String id(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
