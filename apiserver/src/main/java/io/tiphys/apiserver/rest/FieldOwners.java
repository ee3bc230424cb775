package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.apply.ApplyTarget;
import io.tiphys.model.apply.FieldManager;
import io.tiphys.model.apply.FieldSet;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code metadata.managedFields} by server-side apply's rules. Owners' fields are recorded
 * and compared in the version that each owner spoke.
 */
final class FieldOwners implements ManagedFields {
  private static final int LONGEST_NAME = 128;
  private static final FieldSet STATUS = FieldSet.of("f:status");
  private static final FieldSet SPEC = FieldSet.of("f:spec");

  private final ResourceCatalog catalog;

  FieldOwners(ResourceCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public JsonObject update(
      Write write, JsonObject object, @Nullable JsonObject current, Instant now) {
    if (write.origin() == Write.Origin.APPLY) {
      return object;
    }
    ResourceType type = write.type();
    JsonObject live = current == null ? JsonObject.EMPTY : type.fromStorage(current);
    JsonObject wanted = type.fromStorage(object);
    JsonObject owned = FieldManager.update(target(write), live, wanted, manager(write), now);
    if (type.storage() == null) {
      return owned;
    }
    JsonArray owners = owned.object("metadata").array("managedFields");
    return owners.isEmpty()
        ? object.withoutAt("metadata", "managedFields")
        : object.withAt(owners, "metadata", "managedFields");
  }

  /**
   * The object as an apply wants it, with its owners; before defaulting. All objects are in the
   * request's version.
   *
   * @throws io.tiphys.model.status.ApiException Conflict, naming the owners of contested fields
   */
  JsonObject apply(Write write, JsonObject live, JsonObject config, Instant now) {
    return FieldManager.apply(
        target(write),
        live,
        config,
        write.options().fieldManager(),
        write.options().force().orElse(false),
        now);
  }

  private ApplyTarget target(Write write) {
    ResourceType type = write.type();
    ApplyTarget target =
        ApplyTarget.of(type.kind().apiVersion(), type.schema())
            .withVersions((object, version) -> convert(type, object, version));
    return switch (write.subresourceName()) {
      case "" ->
          type.subresources().containsKey("status") ? target.withResetFields(STATUS) : target;
      case "status" -> target.withSubresource("status").withResetFields(SPEC);
      case String name -> target.withSubresource(name);
    };
  }

  private Optional<ApplyTarget.Versioned> convert(
      ResourceType type, JsonObject object, String apiVersion) {
    return version(type, apiVersion)
        .map(to -> {
          ResourceType from = version(type, object.string("apiVersion")).orElse(type);
          return new ApplyTarget.Versioned(to.fromStorage(from.toStorage(object)), to.schema());
        });
  }

  /** The same kind of objects in another version. */
  private Optional<ResourceType> version(ResourceType type, String apiVersion) {
    GroupVersionKind kind = GroupVersion.parse(apiVersion).kind(type.kind().kind());
    return catalog
        .find(kind)
        .filter(other -> other.stored().resource().equals(type.stored().resource()));
  }

  /** The name that the client gave, or else the program's own from its User-Agent. */
  private static String manager(Write write) {
    String given = write.options().fieldManager();
    if (!given.isEmpty()) {
      return given;
    }
    String agent = write.context().userAgent();
    int slash = agent.indexOf('/');
    String name = slash < 0 ? agent : agent.substring(0, slash);
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }
}
