package io.tiphys.apiserver.serviceaccount;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A signed token in its three parts (RFC 7515 §7.1, compact form). Parsing proves nothing; see
 * {@link #verifiedBy}.
 */
public final class Jwt {
  private final JsonObject header;
  private final JsonObject claims;
  private final String signed;
  private final byte[] signature;

  private Jwt(JsonObject header, JsonObject claims, String signed, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signed = signed;
    this.signature = signature;
  }

  /** Empty if the text has not the form of a signed token. */
  public static Optional<Jwt> parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    try {
      if (json(token.substring(0, first)) instanceof JsonObject header
          && json(token.substring(first + 1, second)) instanceof JsonObject claims) {
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(second + 1));
        return Optional.of(new Jwt(header, claims, token.substring(0, second), signature));
      }
      return Optional.empty();
    } catch (IllegalArgumentException | JsonException e) {
      return Optional.empty();
    }
  }

  private static Json json(String part) {
    return Json.parse(Base64.getUrlDecoder().decode(part));
  }

  /** The compact form of these claims, signed. */
  public static String sign(JsonObject claims, SigningKey key) {
    VerificationKey verification = key.verification();
    JsonObject header =
        JsonObject.of("alg", verification.algorithm().name(), "kid", verification.id());
    String signed = text(header.toBytes()) + "." + text(claims.toBytes());
    try {
      Signature signature = Signature.getInstance(verification.algorithm().signature());
      signature.initSign(key.key());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + text(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + key, e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public JsonObject claims() {
    return claims;
  }

  /** The id of the key that signed, as the token says; "" if it doesn't. */
  public String keyId() {
    return header.string("kid");
  }

  /** Whether this key has signed exactly this token, with the algorithm that goes with the key. */
  public boolean verifiedBy(VerificationKey key) {
    if (!header.string("alg").equals(key.algorithm().name()) || header.has("crit")) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(key.algorithm().signature());
      verifier.initVerify(key.key());
      verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
