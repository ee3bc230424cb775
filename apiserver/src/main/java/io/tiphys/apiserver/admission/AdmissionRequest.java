package io.tiphys.apiserver.admission;

import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A write that is about to happen.
 *
 * @param type the resource in its storage version
 * @param subresource "" for the resource itself
 * @param name "" where the server will generate it
 * @param object the object as it would be stored, in the storage version; null for deletions. For
 *     subresources with a body of their own (binding, eviction, scale, token) that body
 * @param old the stored object; null for creations
 * @param options the CreateOptions, UpdateOptions, ... of the request
 */
public record AdmissionRequest(
    RequestContext context,
    Operation operation,
    ResourceType type,
    String subresource,
    String namespace,
    String name,
    @Nullable JsonObject object,
    @Nullable JsonObject old,
    JsonObject options,
    boolean dryRun) {

  /** The operations that admission sees. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE,
    CONNECT
  }

  public AdmissionRequest withObject(JsonObject changed) {
    return new AdmissionRequest(
        context, operation, type, subresource, namespace, name, changed, old, options, dryRun);
  }

  /** Whether this concerns a resource of this group and plural name itself. */
  public boolean concerns(String group, String resource) {
    return concerns(group, resource, "");
  }

  public boolean concerns(String group, String resource, String itsSubresource) {
    return subresource.equals(itsSubresource)
        && type.resource().resource().equals(resource)
        && type.resource().group().equals(group);
  }
}
