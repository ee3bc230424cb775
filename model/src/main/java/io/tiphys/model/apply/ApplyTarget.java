package io.tiphys.model.apply;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the managed fields of a request depend on besides the objects.
 *
 * @param apiVersion of the request: {@code apps/v1}
 * @param type of that version; null for a custom resource without a schema
 * @param subresource {@code ""} for the object itself
 * @param resetFields what the request cannot change and so nobody comes to own: {@code status} for
 *     the object itself, {@code spec} for its status
 * @param versions the other versions of the kind
 */
public record ApplyTarget(
    String apiVersion,
    @Nullable Type type,
    String subresource,
    FieldSet resetFields,
    Versions versions) {

  /** An object as another version shows it. */
  public record Versioned(JsonObject object, @Nullable Type type) {}

  /** Converts objects between the versions of a kind; none is needed for kinds with just one. */
  @FunctionalInterface
  public interface Versions {
    /** Only the request's version exists. */
    Versions NONE = (_, _) -> Optional.empty();

    /** An object as a version shows it; empty if the version is not served any more. */
    Optional<Versioned> convert(JsonObject object, String apiVersion);
  }

  /** A kind of one version, the object itself, nothing reset. */
  public static ApplyTarget of(String apiVersion, @Nullable Type type) {
    return new ApplyTarget(apiVersion, type, "", FieldSet.EMPTY, Versions.NONE);
  }

  public ApplyTarget withSubresource(String name) {
    return new ApplyTarget(apiVersion, type, name, resetFields, versions);
  }

  public ApplyTarget withResetFields(FieldSet fields) {
    return new ApplyTarget(apiVersion, type, subresource, fields, versions);
  }

  public ApplyTarget withVersions(Versions other) {
    return new ApplyTarget(apiVersion, type, subresource, resetFields, other);
  }

  Optional<Versioned> at(JsonObject object, String version) {
    return version.equals(apiVersion)
        ? Optional.of(new Versioned(object, type))
        : versions.convert(object, version);
  }
}
