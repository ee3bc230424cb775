package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.apply.ApplyTarget;
import io.tiphys.model.apply.FieldManager;
import io.tiphys.model.apply.FieldSet;
import io.tiphys.model.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code metadata.managedFields} by server-side apply's rules. All objects here are in the
 * storage version, and so are the owners' fields, whatever version a client speaks.
 */
final class FieldOwners implements ManagedFields {
  private static final int LONGEST_NAME = 128;
  private static final FieldSet STATUS = FieldSet.of("f:status");
  private static final FieldSet SPEC = FieldSet.of("f:spec");

  @Override
  public JsonObject update(
      Write write, JsonObject object, @Nullable JsonObject current, Instant now) {
    if (write.origin() == Write.Origin.APPLY) {
      return object;
    }
    JsonObject live = current == null ? JsonObject.EMPTY : current;
    return FieldManager.update(target(write), live, object, manager(write), now);
  }

  /**
   * The object as an apply wants it, with its owners; before defaulting.
   *
   * @param config in the storage version
   * @throws io.tiphys.model.status.ApiException Conflict, naming the owners of contested fields
   */
  static JsonObject apply(Write write, JsonObject live, JsonObject config, Instant now) {
    return FieldManager.apply(
        target(write),
        live,
        config,
        write.options().fieldManager(),
        write.options().force().orElse(false),
        now);
  }

  private static ApplyTarget target(Write write) {
    ResourceType type = write.type().stored();
    ApplyTarget target = ApplyTarget.of(type.kind().apiVersion(), type.schema());
    return switch (write.subresourceName()) {
      case "" ->
          type.subresources().containsKey("status") ? target.withResetFields(STATUS) : target;
      case "status" -> target.withSubresource("status").withResetFields(SPEC);
      case String name -> target.withSubresource(name);
    };
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
