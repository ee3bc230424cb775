package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.representation.Output;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.meta.GroupResource;
import org.jspecify.annotations.Nullable;

/**
 * A request on a resource, found in the catalog, and how it wants its answer.
 *
 * @param type in the version that the client named
 * @param subresource null for the resource itself
 */
record Call(
    Exchange exchange,
    RequestContext context,
    ResourceType type,
    @Nullable Subresource subresource,
    Output output) {

  RequestInfo info() {
    return context.info();
  }

  String verb() {
    return info().verb();
  }

  String name() {
    return info().name();
  }

  /** "" for cluster-scoped resources, even a Namespace. */
  String namespace() {
    return type.namespaced() ? info().namespace() : "";
  }

  GroupResource resource() {
    return type.resource().groupResource();
  }

  Write write(WriteOptions options) {
    return write(options, Write.Origin.CLIENT);
  }

  Write write(WriteOptions options, Write.Origin origin) {
    return new Write(context, type, subresource, namespace(), name(), options, origin);
  }
}
