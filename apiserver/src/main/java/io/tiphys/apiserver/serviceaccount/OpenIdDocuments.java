package io.tiphys.apiserver.serviceaccount;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * The documents by which others verify service account tokens (upstream documentation, "Service
 * account issuer discovery"; RFC 7517).
 *
 * @param configuration for {@code /.well-known/openid-configuration}, type {@code application/json}
 * @param keys for {@code /openid/v1/jwks}, type {@code application/jwk-set+json}
 */
public record OpenIdDocuments(JsonObject configuration, JsonObject keys) {
  public static final String CONFIGURATION_PATH = "/.well-known/openid-configuration";
  public static final String KEYS_PATH = "/openid/v1/jwks";

  /**
   * The documents of one issuer.
   *
   * @param issuer the first issuer
   * @param keysUri where the keys are found: {@code https://ADDRESS/openid/v1/jwks}
   */
  public static OpenIdDocuments of(
      String issuer, String keysUri, Collection<VerificationKey> keys) {
    List<String> algorithms =
        keys.stream().map(key -> key.algorithm().name()).distinct().sorted().toList();
    JsonObject configuration =
        JsonObject.of(
            "issuer",
            issuer,
            "jwks_uri",
            keysUri,
            "response_types_supported",
            JsonArray.ofStrings(List.of("id_token")),
            "subject_types_supported",
            JsonArray.ofStrings(List.of("public")),
            "id_token_signing_alg_values_supported",
            JsonArray.ofStrings(algorithms));
    return new OpenIdDocuments(
        configuration,
        JsonObject.of(
            "keys", JsonArray.of(keys.stream().distinct().map(OpenIdDocuments::jwk).toList())));
  }

  private static JsonObject jwk(VerificationKey key) {
    JsonObject common = JsonObject.of("use", "sig", "kid", key.id(), "alg", key.algorithm().name());
    PublicKey publicKey = key.key();
    return switch (publicKey) {
      case RSAPublicKey rsa ->
          common
              .with("kty", "RSA")
              .with("n", number(rsa.getModulus(), 0))
              .with("e", number(rsa.getPublicExponent(), 0));
      case ECPublicKey ec -> {
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        int bytes = (bits + 7) / 8;
        yield common
            .with("kty", "EC")
            .with("crv", "P-" + bits)
            .with("x", number(ec.getW().getAffineX(), bytes))
            .with("y", number(ec.getW().getAffineY(), bytes));
      }
      default -> throw new IllegalArgumentException(publicKey.getAlgorithm());
    };
  }

  /** Big-endian without a sign byte, filled up to this many bytes, in base64url. */
  private static String number(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    int skip = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
    int own = bytes.length - skip;
    byte[] filled = new byte[Math.max(length, own)];
    System.arraycopy(bytes, skip, filled, filled.length - own, own);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(filled);
  }
}
