package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens {@code ID.SECRET} of joining nodes, kept as secrets {@code bootstrap-token-ID} in {@code
 * kube-system} (upstream documentation, "Authenticating with bootstrap tokens"). Whatever is wrong
 * with a token's secret makes the token unknown; the log says why.
 */
public final class BootstrapTokens implements TokenAuthenticator.Plain {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapTokens.class);
  private static final GroupResource SECRETS = new GroupResource("", "secrets");
  private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
  private static final String ALL_BOOTSTRAPPERS = "system:bootstrappers";
  private static final Pattern GROUP =
      Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

  private final StoredObjects objects;
  private final InstantSource clock;

  public BootstrapTokens(StoredObjects objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public Optional<UserInfo> authenticate(String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String id = parts.group(1);
    String name = "bootstrap-token-" + id;
    Optional<JsonObject> secret = objects.cached(SECRETS, "kube-system", name);
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    JsonObject data = secret.get().object("data");
    Optional<String> fault = fault(secret.get(), id, parts.group(2));
    if (fault.isPresent()) {
      LOG.info(
          "bootstrap token {} is not accepted: secret kube-system/{} {}", id, name, fault.get());
      return Optional.empty();
    }
    return Optional.of(new UserInfo("system:bootstrap:" + id, "", groups(data), Map.of()));
  }

  private Optional<String> fault(JsonObject secret, String id, String tokenSecret) {
    JsonObject data = secret.object("data");
    if (secret.object("metadata").has("deletionTimestamp")) {
      return Optional.of("is being deleted");
    }
    if (!secret.string("type").equals("bootstrap.kubernetes.io/token")) {
      return Optional.of("has type \"" + secret.string("type") + "\"");
    }
    if (!MessageDigest.isEqual(
        text(data, "token-secret").getBytes(StandardCharsets.UTF_8),
        tokenSecret.getBytes(StandardCharsets.UTF_8))) {
      return Optional.of("has another token-secret");
    }
    if (!text(data, "token-id").equals(id)) {
      return Optional.of("has another token-id");
    }
    if (expired(text(data, "expiration"))) {
      return Optional.of("has expired");
    }
    if (!text(data, "usage-bootstrap-authentication").equals("true")) {
      return Optional.of("is not for use as usage-bootstrap-authentication");
    }
    return groups(data).stream()
        .filter(group -> !group.equals(ALL_BOOTSTRAPPERS) && !GROUP.matcher(group).matches())
        .findFirst()
        .map(group ->
            "has the group \""
                + group
                + "\" in auth-extra-groups, which does not match "
                + GROUP.pattern());
  }

  private boolean expired(String expiration) {
    if (expiration.isEmpty()) {
      return false;
    }
    try {
      Instant end = OffsetDateTime.parse(expiration).toInstant();
      return !end.isAfter(clock.instant());
    } catch (DateTimeException e) {
      LOG.warn("\"{}\" is no RFC 3339 time: taken as expired", expiration, e);
      return true;
    }
  }

  private static List<String> groups(JsonObject data) {
    TreeSet<String> groups = new TreeSet<>(List.of(ALL_BOOTSTRAPPERS));
    for (String group : text(data, "auth-extra-groups").split(",", -1)) {
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    return new ArrayList<>(groups);
  }

  /** A value of a secret; "" if it is absent or no UTF-8. */
  private static String text(JsonObject data, String key) {
    return new String(Base64.getDecoder().decode(data.string(key)), StandardCharsets.UTF_8);
  }
}
