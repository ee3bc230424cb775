package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ChangeEvent;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Events in JSON in the storage version: all watches send the same arrays. */
final class SharedEvents implements EventEncoder {
  private final ResourceType type;

  SharedEvents(ResourceType type) {
    this.type = type;
  }

  @Override
  public byte[] object(ChangeEvent.Type change, CachedObject object, @Nullable ChangeEvent event) {
    return event == null ? ChangeEvent.frame(change, object.json()) : event.frame(change);
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    return frame(JsonObject.of("type", "BOOKMARK", "object", bookmark(type, revision, initialEnd)));
  }

  @Override
  public byte[] error(JsonObject status) {
    return frame(JsonObject.of("type", "ERROR", "object", status));
  }

  /** An object of the watched kind that says nothing but a revision. */
  static JsonObject bookmark(ResourceType type, long revision, boolean initialEnd) {
    JsonObject metadata = JsonObject.of("resourceVersion", Long.toString(revision));
    if (initialEnd) {
      metadata = metadata.with("annotations", JsonObject.of("k8s.io/initial-events-end", "true"));
    }
    return JsonObject.of(
        "apiVersion", type.kind().apiVersion(), "kind", type.kind().kind(), "metadata", metadata);
  }

  static byte[] frame(JsonObject event) {
    return (event + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
