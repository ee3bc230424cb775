package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A creation, update or patch under way.
 *
 * @param type in the version that the client named
 * @param subresource null for the resource itself
 * @param namespace "" for cluster-scoped resources
 * @param name "" where the object itself says it
 */
record Write(
    RequestContext context,
    ResourceType type,
    @Nullable Subresource subresource,
    String namespace,
    String name,
    WriteOptions options,
    Origin origin) {

  /** Who wants the write, and what the object brings along. */
  enum Origin {
    /** A client; what it changes becomes its own. */
    CLIENT,
    /** A client's apply; the object says who owns its fields already. */
    APPLY,
    /** The server itself: admission is not asked. */
    SERVER
  }

  boolean internal() {
    return origin == Origin.SERVER;
  }

  Strategy strategy() {
    return subresource == null ? type.strategy() : subresource.strategy();
  }

  String subresourceName() {
    return subresource == null ? "" : subresource.name();
  }

  GroupResource resource() {
    return type.resource().groupResource();
  }

  /** What the resource is called in the version that is stored. */
  GroupResource storedResource() {
    return type.stored().resource().groupResource();
  }

  String key(String objectName) {
    return type.key(namespace, objectName);
  }

  AdmissionRequest admission(
      AdmissionRequest.Operation operation,
      String objectName,
      @Nullable JsonObject object,
      @Nullable JsonObject old) {
    return new AdmissionRequest(
        context,
        operation,
        type.stored(),
        subresourceName(),
        namespace,
        objectName,
        object,
        old,
        options.tree(),
        options.dryRun());
  }

  ApiException invalid(String objectName, List<FieldError> errors) {
    return ApiException.invalid(type.kind().group(), type.kind().kind(), objectName, errors);
  }
}
