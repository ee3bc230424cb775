package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.representation.Format;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonReader;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.patch.JsonPatch;
import io.tiphys.model.patch.MergePatch;
import io.tiphys.model.patch.PatchException;
import io.tiphys.model.patch.StrategicMergePatch;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers patches; on virtual threads. */
final class Patches {
  private final Answers answers;
  private final BodyReader bodies;
  private final ObjectWriter writer;
  private final Defaulting defaulting;
  private final Representation representation;
  private final CreationPermit permit;
  private final FieldOwners owners;
  private final InstantSource clock;

  Patches(
      Answers answers,
      BodyReader bodies,
      ObjectWriter writer,
      Defaulting defaulting,
      Representation representation,
      CreationPermit permit,
      FieldOwners owners,
      InstantSource clock) {
    this.permit = permit;
    this.owners = owners;
    this.clock = clock;
    this.answers = answers;
    this.bodies = bodies;
    this.writer = writer;
    this.defaulting = defaulting;
    this.representation = representation;
  }

  /** The kinds of patches. */
  enum Kind {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    Kind(String mediaType) {
      this.mediaType = mediaType;
    }

    /**
     * @throws ApiException UnsupportedMediaType
     */
    static Kind of(String contentType) {
      String type = Format.withoutParameters(contentType);
      for (Kind kind : values()) {
        if (kind.mediaType.equals(type)) {
          return kind;
        }
      }
      throw ApiException.of(
          Reason.UNSUPPORTED_MEDIA_TYPE,
          "the body of the request was in an unknown format - accepted media types include: "
              + String.join(", ", List.of(values()).stream().map(k -> k.mediaType).toList()));
    }
  }

  void patch(Call call) {
    Kind kind = kind(call);
    WriteOptions options = WriteOptions.of(call.context().parameters(), "PatchOptions");
    check(kind, options);
    Written written = kind == Kind.APPLY ? applied(call, options) : patched(call, kind, options);
    answers.written(call, written.effect() == Written.Effect.CREATED ? 201 : 200, written);
  }

  private Written patched(Call call, Kind kind, WriteOptions options) {
    Json patch = parse(kind, call.exchange().body());
    return writer.update(
        call.write(options), current -> patched(call, kind, patch, current, options), null, true);
  }

  /** Server-side apply: what the client says is all that it wants to own. */
  private Written applied(Call call, WriteOptions options) {
    return applied(call, options, bodies.applied(call, call.type().kind(), options));
  }

  private Written applied(Call call, WriteOptions options, JsonObject config) {
    Write write = call.write(options, Write.Origin.APPLY);
    ObjectWriter.Creation creation =
        () -> {
          permit.check(call);
          return applied(call, write, JsonObject.EMPTY, config);
        };
    return writer.update(
        write,
        current -> applied(call, write, current, config),
        call.subresource() == null ? creation : null,
        true);
  }

  private JsonObject applied(Call call, Write write, JsonObject live, JsonObject config) {
    ResourceType type = call.type();
    JsonObject merged = owners.apply(write, type.fromStorage(live), config, clock.instant());
    JsonObject fit =
        type.schema() == null
            ? merged
            : bodies.fitPatched(call, merged, type.schema(), write.options());
    return defaulting.toStorage(type, fit);
  }

  private static void check(Kind kind, WriteOptions options) {
    FieldErrors errors = new FieldErrors();
    if (kind == Kind.APPLY && options.fieldManager().isEmpty()) {
      errors.required(FieldPath.of("fieldManager"), "is required for apply patch");
    }
    if (kind != Kind.APPLY && options.force().isPresent()) {
      errors.forbidden(FieldPath.of("force"), "may not be specified for non-apply patch");
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid("meta.k8s.io", "PatchOptions", "", errors.list());
    }
  }

  private static Json parse(Kind kind, byte[] body) {
    try {
      return JsonReader.read(body).value();
    } catch (JsonException e) {
      throw ApiException.badRequest(kind == Kind.MERGE ? "Invalid JSON Patch" : e.getMessage());
    }
  }

  /** The stored object as the patch wants it, in the storage version. */
  private JsonObject patched(
      Call call, Kind kind, Json patch, JsonObject current, WriteOptions options) {
    ResourceType type = call.type();
    JsonObject served = representation.served(type, current);
    JsonObject result = apply(kind, patch, served, type.schema());
    Subresource part = call.subresource();
    StructType schema = part == null ? type.schema() : part.schema();
    JsonObject fit = bodies.fitPatched(call, result, schema, options);
    Writes.checkNames(call, fit);
    return defaulting.toStorage(type, fit);
  }

  static boolean isApply(Call call) {
    return kind(call) == Kind.APPLY;
  }

  private static Kind kind(Call call) {
    String contentType = call.exchange().header("content-type");
    return Kind.of(contentType == null ? "" : contentType);
  }

  /** Applies a Scale: of its resource it says nothing but the number of replicas. */
  Written appliedScale(Call call, WriteOptions options) {
    check(Kind.APPLY, options);
    GroupVersionKind kind = call.type().kind();
    Subresource part = java.util.Objects.requireNonNull(call.subresource());
    JsonObject scale =
        bodies.fitPatched(call, bodies.applied(call, part.kind(), options), part.schema(), options);
    JsonObject config =
        JsonObject.of(
            "apiVersion",
            kind.apiVersion(),
            "kind",
            kind.kind(),
            "metadata",
            JsonObject.of("name", call.name()));
    boolean sized = scale.object("spec").has("replicas");
    long replicas = Scales.replicas(scale, call);
    return applied(
        call, options, sized ? config.with("spec", JsonObject.of("replicas", replicas)) : config);
  }

  /** The Scale that a patch of one asks for. */
  JsonObject patchedScale(Call call, JsonObject scale, WriteOptions options) {
    Kind kind = kind(call);
    check(kind, options);
    Subresource part = java.util.Objects.requireNonNull(call.subresource());
    JsonObject result = apply(kind, parse(kind, call.exchange().body()), scale, part.schema());
    return bodies.fitPatched(call, result, part.schema(), options);
  }

  private static JsonObject apply(
      Kind kind, Json patch, JsonObject object, @Nullable StructType schema) {
    try {
      Json result =
          switch (kind) {
            case JSON -> JsonPatch.apply(object, patch);
            case MERGE -> MergePatch.apply(object, patch);
            case STRATEGIC -> {
              if (schema == null) {
                throw ApiException.of(
                    Reason.UNSUPPORTED_MEDIA_TYPE, "strategic merge patches need a schema");
              }
              yield StrategicMergePatch.apply(object, patch, schema);
            }
            case APPLY -> throw new IllegalStateException("apply is no patch of a tree");
          };
      if (result instanceof JsonObject tree) {
        return tree;
      }
      throw ApiException.badRequest("the patch leads to " + result.typeName() + ", not an object");
    } catch (PatchException e) {
      throw e.toApiException();
    }
  }
}
