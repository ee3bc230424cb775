package io.tiphys.apiserver.serviceaccount;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service account's token claims, in Go's and upstream's terms: the public claims of RFC
 * 7519 and those under {@code kubernetes.io}.
 *
 * @param pod the pod that the token is bound to; null if to none
 * @param node the pod's node, or the node that the token is bound to; null if none
 * @param secret the secret that the token is bound to; null if to none
 * @param warnAfter from when on its use is considered too late; null if it is not extended
 */
public record TokenClaims(
    String issuer,
    List<String> audiences,
    String id,
    String namespace,
    Reference serviceAccount,
    @Nullable Reference pod,
    @Nullable Reference node,
    @Nullable Reference secret,
    Instant issuedAt,
    Instant notBefore,
    Instant expires,
    @Nullable Instant warnAfter) {

  /** An object that a token names. */
  public record Reference(String name, String uid) {
    static @Nullable Reference of(JsonObject parent, String key) {
      JsonObject json = parent.object(key);
      return json.isEmpty() ? null : new Reference(json.string("name"), json.string("uid"));
    }

    JsonObject toJson() {
      JsonObject json = JsonObject.of("name", name);
      return uid.isEmpty() ? json : json.with("uid", uid);
    }
  }

  public TokenClaims {
    audiences = List.copyOf(audiences);
  }

  /** The user's name. */
  public String subject() {
    return "system:serviceaccount:" + namespace + ":" + serviceAccount.name();
  }

  /** Empty if a claim that upstream always makes is missing. */
  public static Optional<TokenClaims> of(JsonObject claims) {
    JsonObject own = claims.object("kubernetes.io");
    Reference serviceAccount = Reference.of(own, "serviceaccount");
    if (serviceAccount == null || !claims.has("exp")) {
      return Optional.empty();
    }
    return Optional.of(
        new TokenClaims(
            claims.string("iss"),
            audiences(claims),
            claims.string("jti"),
            own.string("namespace"),
            serviceAccount,
            Reference.of(own, "pod"),
            Reference.of(own, "node"),
            Reference.of(own, "secret"),
            time(claims, "iat"),
            time(claims, "nbf"),
            time(claims, "exp"),
            own.has("warnafter") ? time(own, "warnafter") : null));
  }

  /** One audience may stand alone, without a list. */
  static List<String> audiences(JsonObject claims) {
    return switch (claims.get("aud")) {
      case JsonString one -> List.of(one.value());
      case JsonArray several -> several.strings().toList();
      case null, default -> List.of();
    };
  }

  private static Instant time(JsonObject claims, String key) {
    return Instant.ofEpochSecond(claims.number(key, 0));
  }

  public JsonObject toJson() {
    JsonObject own =
        JsonObject.of("namespace", namespace, "serviceaccount", serviceAccount.toJson());
    own = with(own, "pod", pod);
    own = with(own, "node", node);
    own = with(own, "secret", secret);
    if (warnAfter != null) {
      own = own.with("warnafter", warnAfter.getEpochSecond());
    }
    return JsonObject.of(
        "iss",
        issuer,
        "sub",
        subject(),
        "aud",
        JsonArray.ofStrings(audiences),
        "jti",
        id,
        "iat",
        issuedAt.getEpochSecond(),
        "nbf",
        notBefore.getEpochSecond(),
        "exp",
        expires.getEpochSecond(),
        "kubernetes.io",
        own);
  }

  private static JsonObject with(JsonObject own, String key, @Nullable Reference reference) {
    return reference == null ? own : own.with(key, reference.toJson());
  }
}
