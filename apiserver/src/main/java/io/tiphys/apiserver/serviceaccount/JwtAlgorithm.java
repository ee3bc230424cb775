package io.tiphys.apiserver.serviceaccount;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** The signature algorithms of service account tokens (RFC 7518 §3.1). */
public enum JwtAlgorithm {
  RS256("SHA256withRSA"),
  ES256("SHA256withECDSAinP1363Format"),
  ES384("SHA384withECDSAinP1363Format"),
  ES512("SHA512withECDSAinP1363Format");

  private final String signature;

  JwtAlgorithm(String signature) {
    this.signature = signature;
  }

  /** The name that {@link java.security.Signature} knows it by. */
  String signature() {
    return signature;
  }

  /**
   * The one algorithm that goes with a key.
   *
   * @throws IllegalArgumentException if tokens cannot be signed with such a key
   */
  static JwtAlgorithm of(PublicKey key) {
    return switch (key) {
      case RSAPublicKey _ -> RS256;
      case ECPublicKey ec ->
          switch (ec.getParams().getCurve().getField().getFieldSize()) {
            case 256 -> ES256;
            case 384 -> ES384;
            case 521 -> ES512;
            default -> throw unsupported(key);
          };
      default -> throw unsupported(key);
    };
  }

  private static IllegalArgumentException unsupported(PublicKey key) {
    return new IllegalArgumentException(
        "service account tokens need an RSA key or an ECDSA key on P-256, P-384 or P-521, not "
            + key.getAlgorithm());
  }
}
