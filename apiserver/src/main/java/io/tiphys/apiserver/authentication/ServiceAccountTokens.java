package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.serviceaccount.Jwt;
import io.tiphys.apiserver.serviceaccount.LegacyTokens;
import io.tiphys.apiserver.serviceaccount.TokenClaims;
import io.tiphys.apiserver.serviceaccount.TokenClaims.Reference;
import io.tiphys.apiserver.serviceaccount.VerificationKey;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of service accounts, signed by one of our keys. Signatures are checked once per token and
 * remembered; that the account and the objects that a token is bound to still exist is checked on
 * every use, against the watch cache, so that a deletion counts at once.
 */
public final class ServiceAccountTokens implements TokenAuthenticator {
  private static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource SECRETS = new GroupResource("", "secrets");
  private static final String EXTRA = "authentication.kubernetes.io/";
  private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

  /** How wrong clocks may be (upstream's JWT library allows a minute). */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  /** How long a token works on after its pod or secret was marked for deletion. */
  private static final Duration DELETION_LEEWAY = Duration.ofMinutes(1);

  private static final int REMEMBERED_TOKENS = 20_000;

  private final StoredObjects objects;
  private final List<String> issuers;
  private final List<VerificationKey> keys;
  private final List<String> apiAudiences;
  private final InstantSource clock;
  private final BoundedCache<String, Verified> verified = new BoundedCache<>(REMEMBERED_TOKENS);

  private final LegacyTokenUse legacyUse;

  /** A token whose signature is good, and whose it is. */
  private sealed interface Verified {
    record Bound(TokenClaims claims, UserInfo user) implements Verified {}

    record Legacy(LegacyTokens.Claims claims, UserInfo user) implements Verified {}
  }

  /**
   * @param issuers accepted in {@code iss}; new tokens are signed for the first
   * @param keys any of which may have signed
   * @param apiAudiences what legacy tokens, which name no audience, are meant for
   */
  public ServiceAccountTokens(
      StoredObjects objects,
      List<String> issuers,
      List<VerificationKey> keys,
      List<String> apiAudiences,
      InstantSource clock) {
    this.objects = objects;
    this.legacyUse = new LegacyTokenUse(objects);
    this.issuers = List.copyOf(issuers);
    this.keys = List.copyOf(keys);
    this.apiAudiences = List.copyOf(apiAudiences);
    this.clock = clock;
  }

  @Override
  public Optional<Identity> authenticate(String token, List<String> audiences) {
    Verified known = verified.get(token);
    if (known == null) {
      Optional<Jwt> jwt = Jwt.parse(token).filter(this::ours);
      if (jwt.isEmpty()) {
        return Optional.empty();
      }
      checkSignature(jwt.get());
      JsonObject claims = jwt.get().claims();
      known = legacy(claims) ? legacyUser(claims) : boundUser(claims);
      verified.put(token, known);
    }
    return Optional.of(
        switch (known) {
          case Verified.Bound bound -> check(bound, audiences);
          case Verified.Legacy legacy -> check(legacy, token, audiences);
        });
  }

  private boolean ours(Jwt jwt) {
    return legacy(jwt.claims()) || issuers.contains(jwt.claims().string("iss"));
  }

  private static boolean legacy(JsonObject claims) {
    return claims.string("iss").equals(LegacyTokens.ISSUER);
  }

  private void checkSignature(Jwt jwt) {
    for (VerificationKey key : keys) {
      if ((jwt.keyId().isEmpty() || jwt.keyId().equals(key.id())) && jwt.verifiedBy(key)) {
        return;
      }
    }
    throw new AuthenticationException("invalid signature, no keys found that verify the token");
  }

  private static Verified boundUser(JsonObject json) {
    TokenClaims claims =
        TokenClaims.of(json)
            .orElseThrow(() -> new AuthenticationException("the token lacks claims"));
    UserInfo user =
        UserInfo.serviceAccount(
            claims.namespace(), claims.serviceAccount().name(), claims.serviceAccount().uid());
    return new Verified.Bound(
        claims, new UserInfo(user.name(), user.uid(), user.groups(), extra(claims)));
  }

  private static Verified legacyUser(JsonObject json) {
    LegacyTokens.Claims claims = LegacyTokens.Claims.of(json);
    UserInfo user =
        UserInfo.serviceAccount(
            claims.namespace(), claims.serviceAccountName(), claims.serviceAccountUid());
    if (!user.name().equals(claims.subject())) {
      throw new AuthenticationException("sub claim does not match the service account");
    }
    return new Verified.Legacy(claims, user);
  }

  private Identity check(Verified.Bound token, List<String> wanted) {
    TokenClaims claims = token.claims;
    List<String> audiences =
        TokenAuthenticator.common(
            wanted, claims.audiences().isEmpty() ? apiAudiences : claims.audiences());
    if (audiences.isEmpty()) {
      throw new AuthenticationException(
          "token audiences "
              + claims.audiences()
              + " is invalid for the target audiences "
              + wanted);
    }
    Instant now = clock.instant();
    if (now.isAfter(claims.expires().plus(LEEWAY))) {
      throw new AuthenticationException("service account token has expired");
    }
    if (now.plus(LEEWAY).isBefore(claims.notBefore())) {
      throw new AuthenticationException("service account token is not valid yet");
    }
    if (now.plus(LEEWAY).isBefore(claims.issuedAt())) {
      throw new AuthenticationException("service account token is issued in the future");
    }
    checkAccount(claims.namespace(), claims.serviceAccount(), now);
    checkBinding(SECRETS, "secret", claims.namespace(), claims.secret(), now);
    checkBinding(PODS, "pod", claims.namespace(), claims.pod(), now);
    if (claims.pod() == null) {
      checkBinding(NODES, "node", "", claims.node(), now);
    }
    return new Identity(token.user, audiences);
  }

  private static Map<String, List<String>> extra(TokenClaims claims) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    if (!claims.id().isEmpty()) {
      extra.put(UserInfo.CREDENTIAL_ID, List.of("JTI=" + claims.id()));
    }
    put(extra, "pod", claims.pod());
    put(extra, "node", claims.node());
    return extra;
  }

  private static void put(
      Map<String, List<String>> extra, String key, @Nullable Reference reference) {
    if (reference != null) {
      extra.put(EXTRA + key + "-name", List.of(reference.name()));
      if (!reference.uid().isEmpty()) {
        extra.put(EXTRA + key + "-uid", List.of(reference.uid()));
      }
    }
  }

  private void checkAccount(String namespace, Reference account, Instant now) {
    JsonObject found =
        objects
            .cached(SERVICE_ACCOUNTS, namespace, account.name())
            .orElseThrow(() ->
                new AuthenticationException(
                    "serviceaccounts \"" + account.name() + "\" not found"));
    JsonObject metadata = found.object("metadata");
    if (deleted(metadata, now)) {
      throw new AuthenticationException(
          "service account " + namespace + "/" + account.name() + " has been deleted");
    }
    if (!metadata.string("uid").equals(account.uid())) {
      throw new AuthenticationException(
          "service account UID ("
              + metadata.string("uid")
              + ") does not match claim ("
              + account.uid()
              + ")");
    }
  }

  private void checkBinding(
      GroupResource resource,
      String what,
      String namespace,
      @Nullable Reference reference,
      Instant now) {
    if (reference == null) {
      return;
    }
    Optional<JsonObject> found = objects.cached(resource, namespace, reference.name());
    if (found.isEmpty() || deleted(found.get().object("metadata"), now)) {
      throw new AuthenticationException("service account token has been invalidated");
    }
    String uid = found.get().object("metadata").string("uid");
    if (!uid.equals(reference.uid())) {
      throw new AuthenticationException(
          what + " UID (" + uid + ") does not match service account " + what + " ref claim");
    }
  }

  private static boolean deleted(JsonObject metadata, Instant now) {
    String time = metadata.string("deletionTimestamp");
    if (time.isEmpty()) {
      return false;
    }
    try {
      return Instant.parse(time).isBefore(now.minus(DELETION_LEEWAY));
    } catch (DateTimeException e) {
      throw new AuthenticationException("deletionTimestamp is no time: " + e.getMessage());
    }
  }

  private Identity check(Verified.Legacy known, String token, List<String> wanted) {
    LegacyTokens.Claims claims = known.claims;
    List<String> audiences = TokenAuthenticator.common(wanted, apiAudiences);
    if (audiences.isEmpty()) {
      throw new AuthenticationException(
          "token audiences " + apiAudiences + " is invalid for the target audiences " + wanted);
    }
    JsonObject secret =
        objects
            .cached(SECRETS, claims.namespace(), claims.secretName())
            .orElseThrow(() -> new AuthenticationException("token has been invalidated"));
    if (secret.object("metadata").has("deletionTimestamp")) {
      throw new AuthenticationException("token has been invalidated");
    }
    byte[] stored = Base64.getDecoder().decode(secret.object("data").string("token"));
    if (!MessageDigest.isEqual(stored, token.getBytes(StandardCharsets.UTF_8))) {
      throw new AuthenticationException("token does not match server's copy");
    }
    if (secret.object("metadata").object("labels").has(INVALID_SINCE)) {
      throw new AuthenticationException("the token has been marked as invalid");
    }
    Reference account = new Reference(claims.serviceAccountName(), claims.serviceAccountUid());
    checkAccount(claims.namespace(), account, clock.instant());
    legacyUse.note(secret, clock.instant());
    return new Identity(known.user, audiences);
  }
}
