package io.tiphys.apiserver.serviceaccount;

import io.tiphys.model.json.JsonObject;

/**
 * Tokens without an end that live in secrets of type {@code kubernetes.io/service-account-token}
 * (upstream documentation, "Manually create a long-lived API token for a ServiceAccount").
 */
public final class LegacyTokens {
  public static final String ISSUER = "kubernetes/serviceaccount";
  public static final String SECRET_TYPE = "kubernetes.io/service-account-token";
  private static final String PREFIX = "kubernetes.io/serviceaccount/";

  private LegacyTokens() {}

  /** What a legacy token claims. */
  public record Claims(
      String subject,
      String namespace,
      String secretName,
      String serviceAccountName,
      String serviceAccountUid) {

    public static Claims of(JsonObject claims) {
      return new Claims(
          claims.string("sub"),
          claims.string(PREFIX + "namespace"),
          claims.string(PREFIX + "secret.name"),
          claims.string(PREFIX + "service-account.name"),
          claims.string(PREFIX + "service-account.uid"));
    }
  }

  /** The token of a service account for the secret that is to hold it. */
  public static String sign(JsonObject serviceAccount, JsonObject secret, SigningKey key) {
    JsonObject account = serviceAccount.object("metadata");
    String namespace = account.string("namespace");
    String name = account.string("name");
    return Jwt.sign(
        JsonObject.of(
            "iss",
            ISSUER,
            "sub",
            "system:serviceaccount:" + namespace + ":" + name,
            PREFIX + "namespace",
            namespace,
            PREFIX + "secret.name",
            secret.object("metadata").string("name"),
            PREFIX + "service-account.name",
            name,
            PREFIX + "service-account.uid",
            account.string("uid")),
        key);
  }
}
