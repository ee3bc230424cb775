package io.tiphys.apiserver.serviceaccount;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.apiserver.serviceaccount.TokenClaims.Reference;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers TokenRequests: {@code serviceaccounts/NAME/token} (KEP-1205). */
public final class TokenIssuer implements Action {
  private static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource SECRETS = new GroupResource("", "secrets");

  private static final long DEFAULT_SECONDS = 3600;
  private static final long MIN_SECONDS = 600;
  private static final long MAX_SECONDS = 1L << 32;

  /** What a kubelet of a pod's default token volume asks for; such tokens may be extended. */
  private static final long PROJECTED_SECONDS = 3607;

  private static final long EXTENDED_SECONDS = 365 * 24 * 3600;

  private final StoredObjects objects;
  private final SigningKey key;
  private final Options options;
  private final InstantSource clock;

  /**
   * How tokens are made.
   *
   * @param issuer {@code --service-account-issuer}, the first one
   * @param apiAudiences {@code --api-audiences}: for tokens that are asked for without audiences
   * @param maxSeconds {@code --service-account-max-token-expiration}; 0 for no limit of its own
   * @param extend {@code --service-account-extend-token-expiration}: tokens of pods' default
   *     volumes live for a year, for clients that never read the file again
   */
  public record Options(String issuer, List<String> apiAudiences, long maxSeconds, boolean extend) {
    public Options {
      apiAudiences = List.copyOf(apiAudiences);
    }
  }

  /** What a token is bound to. */
  private record Bound(
      @Nullable Reference pod, @Nullable Reference node, @Nullable Reference secret) {
    static final Bound NONE = new Bound(null, null, null);
  }

  public TokenIssuer(StoredObjects objects, SigningKey key, Options options, InstantSource clock) {
    this.objects = objects;
    this.key = key;
    this.options = options;
    this.clock = clock;
  }

  @Override
  public JsonObject call(Call call) {
    JsonObject request = call.body() == null ? JsonObject.EMPTY : call.body();
    JsonObject metadata = named(request.object("metadata"), call);
    JsonObject account =
        objects
            .get(SERVICE_ACCOUNTS, call.namespace(), call.name())
            .orElseThrow(() -> ApiException.notFound(SERVICE_ACCOUNTS, call.name()));
    JsonObject spec = request.object("spec");
    List<String> audiences = spec.array("audiences").strings().toList();
    if (audiences.isEmpty()) {
      audiences = options.apiAudiences;
    }
    long seconds = seconds(spec, call);
    Bound bound = bound(spec.object("boundObjectRef"), call);
    boolean extended =
        options.extend
            && bound.pod != null
            && seconds == PROJECTED_SECONDS
            && options.apiAudiences.containsAll(audiences);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    TokenClaims claims =
        new TokenClaims(
            options.issuer,
            audiences,
            UUID.randomUUID().toString(),
            call.namespace(),
            new Reference(call.name(), account.object("metadata").string("uid")),
            bound.pod,
            bound.node,
            bound.secret,
            now,
            now,
            now.plusSeconds(extended ? EXTENDED_SECONDS : seconds),
            extended ? now.plusSeconds(seconds) : null);
    return request
        .with("apiVersion", "authentication.k8s.io/v1")
        .with("kind", "TokenRequest")
        .with("metadata", metadata.with("creationTimestamp", now.toString()))
        .with(
            "spec",
            spec.with("audiences", JsonArray.ofStrings(audiences))
                .with("expirationSeconds", seconds))
        .with(
            "status",
            JsonObject.of(
                "token",
                Jwt.sign(claims.toJson(), key),
                "expirationTimestamp",
                now.plusSeconds(seconds).toString()));
  }

  private static JsonObject named(JsonObject metadata, Call call) {
    String name = metadata.string("name");
    String namespace = metadata.string("namespace");
    if (!name.isEmpty() && !name.equals(call.name())) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + call.name()
              + ")");
    }
    if (!namespace.isEmpty() && !namespace.equals(call.namespace())) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    return metadata.with("name", call.name()).with("namespace", call.namespace());
  }

  private long seconds(JsonObject spec, Call call) {
    long seconds = spec.number("expirationSeconds", DEFAULT_SECONDS);
    FieldErrors errors = new FieldErrors();
    FieldPath path = FieldPath.of("spec", "expirationSeconds");
    if (seconds < MIN_SECONDS) {
      errors.invalid(
          path, JsonNumber.of(seconds), "may not specify a duration less than 10 minutes");
    }
    if (seconds > MAX_SECONDS) {
      errors.invalid(
          path, JsonNumber.of(seconds), "may not specify a duration larger than 2^32 seconds");
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid("authentication.k8s.io", "TokenRequest", "", errors.list());
    }
    if (options.maxSeconds > 0 && seconds > options.maxSeconds) {
      call.context()
          .warn(
              "requested expiration of "
                  + seconds
                  + " seconds shortened to "
                  + options.maxSeconds
                  + " seconds");
      return options.maxSeconds;
    }
    return seconds;
  }

  private Bound bound(JsonObject reference, Call call) {
    if (reference.isEmpty()) {
      return Bound.NONE;
    }
    GroupVersion version = GroupVersion.parse(reference.string("apiVersion"));
    String kind = reference.string("kind");
    String type = version.group().isEmpty() ? kind : kind + "." + version.group();
    return switch (type) {
      case "Pod" -> pod(reference, call);
      case "Node" -> new Bound(null, existing(NODES, "Node", "", reference), null);
      case "Secret" ->
          new Bound(null, null, existing(SECRETS, "Secret", call.namespace(), reference));
      default ->
          throw ApiException.badRequest(
              "cannot bind token to object of type "
                  + version.group()
                  + "/"
                  + version.version()
                  + ", Kind="
                  + kind);
    };
  }

  private Bound pod(JsonObject reference, Call call) {
    String name = reference.string("name");
    JsonObject pod =
        objects
            .get(PODS, call.namespace(), name)
            .orElseThrow(() -> ApiException.notFound(PODS, name));
    JsonObject spec = pod.object("spec");
    if (!spec.string("serviceAccountName").equals(call.name())) {
      throw ApiException.badRequest(
          "cannot bind token for serviceaccount \""
              + call.name()
              + "\" to pod running with different serviceaccount name.");
    }
    String nodeName = spec.string("nodeName");
    @Nullable Reference node = null;
    if (!nodeName.isEmpty()) {
      Optional<JsonObject> found = objects.get(NODES, "", nodeName);
      node = new Reference(nodeName, found.map(n -> n.object("metadata").string("uid")).orElse(""));
    }
    return new Bound(checked(pod, "Pod", reference), node, null);
  }

  private Reference existing(
      GroupResource resource, String kind, String namespace, JsonObject reference) {
    String name = reference.string("name");
    JsonObject object =
        objects
            .get(resource, namespace, name)
            .orElseThrow(() -> ApiException.notFound(resource, name));
    return checked(object, kind, reference);
  }

  /** The object, unless the reference means an earlier one of the same name. */
  private static Reference checked(JsonObject object, String kind, JsonObject reference) {
    String uid = object.object("metadata").string("uid");
    String meant = reference.string("uid");
    String name = reference.string("name");
    if (!meant.isEmpty() && !meant.equals(uid)) {
      throw ApiException.conflict(
          new GroupResource("", kind),
          name,
          "the UID in the bound object reference ("
              + meant
              + ") does not match the UID in record. The object might have been deleted and then"
              + " recreated");
    }
    return new Reference(name, uid);
  }
}
