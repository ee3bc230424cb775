package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.representation.Negotiation;
import io.tiphys.apiserver.representation.Output;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a request on a resource means and has it done. Called on the event loop; reads stay
 * there if they can, all else goes to a virtual thread.
 */
public final class ResourceHandler {
  private final ResourceCatalog catalog;
  private final Verbs verbs;
  private final StreamHandler streams;
  private final AdmissionChain admission;

  ResourceHandler(
      ResourceCatalog catalog, Verbs verbs, StreamHandler streams, AdmissionChain admission) {
    this.catalog = catalog;
    this.verbs = verbs;
    this.streams = streams;
    this.admission = admission;
  }

  /** What the verbs are done by. */
  record Verbs(
      Reads reads,
      Lists lists,
      Watches watches,
      Writes writes,
      Patches patches,
      Deletes deletes,
      Actions actions,
      Scales scales) {}

  /**
   * Has a request answered.
   *
   * @throws ApiException whatever can be said at once; later failures are answered
   */
  public void handle(Exchange exchange, RequestContext context) {
    RequestInfo info = context.info();
    ResourceType type =
        catalog.find(info.groupVersion(), info.resource()).orElseThrow(ResourceHandler::unknown);
    Subresource part = part(type, info);
    if (type.deprecation() != null) {
      context.warn(type.deprecation());
    }
    checkShape(type, part, info);
    if (part != null && streams.answers(info)) {
      exchange.dispatch(() -> stream(exchange, context, type, part));
      return;
    }
    Output output =
        Negotiation.output(
            exchange.header("accept"), context.parameter("pretty"), context.userAgent(), true);
    Call call = new Call(exchange, context, type, part, output);
    if (part == null && type.storagePrefix().isEmpty()) {
      exchange.dispatch(() -> verbs.actions().call(call));
    } else if (part != null && part.action() != null) {
      exchange.dispatch(() -> verbs.actions().call(call));
    } else if (part != null && part.name().equals("scale")) {
      exchange.dispatch(() -> verbs.scales().call(call));
    } else if (part == null || isObject(part, type)) {
      stored(call);
    } else {
      throw unknown();
    }
  }

  /** Whether a subresource shows the resource's own object, or a part of it. */
  private static boolean isObject(Subresource part, ResourceType type) {
    return part.kind().equals(type.kind()) && !part.name().equals("log");
  }

  private void stream(
      Exchange exchange, RequestContext context, ResourceType type, Subresource part) {
    if (!part.name().equals("log")) {
      RequestInfo info = context.info();
      admission.validate(
          new AdmissionRequest(
              context,
              AdmissionRequest.Operation.CONNECT,
              type.stored(),
              part.name(),
              info.namespace(),
              info.name(),
              null,
              null,
              JsonObject.EMPTY,
              false));
    }
    streams.answer(exchange, context);
  }

  private void stored(Call call) {
    switch (call.verb()) {
      case "get" -> verbs.reads().get(call);
      case "list" -> verbs.lists().list(call);
      case "watch" -> verbs.watches().watch(call);
      case "create" -> call.exchange().dispatch(() -> verbs.writes().create(call));
      case "update" -> call.exchange().dispatch(() -> verbs.writes().update(call));
      case "patch" -> call.exchange().dispatch(() -> verbs.patches().patch(call));
      case "delete" -> call.exchange().dispatch(() -> verbs.deletes().delete(call));
      case "deletecollection" ->
          call.exchange().dispatch(() -> verbs.deletes().deleteCollection(call));
      default -> throw notAllowed(call.resource());
    }
  }

  private static @Nullable Subresource part(ResourceType type, RequestInfo info) {
    if (info.subresource().isEmpty()) {
      return null;
    }
    Subresource part = type.subresources().get(info.subresource());
    if (part == null) {
      throw unknown();
    }
    return part;
  }

  /** The verb, and whether the URL has a name and a namespace where it should. */
  private static void checkShape(ResourceType type, @Nullable Subresource part, RequestInfo info) {
    if (info.verb().isEmpty()) { // a method that means nothing here
      throw notAllowed(type.resource().groupResource());
    }
    Set<String> verbs = part == null ? type.verbs() : part.verbs();
    boolean inNamespace = !info.namespace().isEmpty();
    if (!type.namespaced() && inNamespace && !info.resource().equals("namespaces")) {
      throw unknown();
    }
    boolean everywhere = type.namespaced() && !inNamespace;
    boolean collection =
        switch (info.verb()) {
          case "list", "watch", "deletecollection" -> true;
          case "create" -> part == null;
          default -> false;
        };
    if (!collection && (info.name().isEmpty() || everywhere)) {
      throw info.name().isEmpty() && verbs.contains(info.verb())
          ? notAllowed(type.resource().groupResource())
          : unknown();
    }
    boolean namedCreation = info.verb().equals("create") && part == null && !info.name().isEmpty();
    boolean homeless =
        everywhere && (info.verb().equals("create") || info.verb().equals("deletecollection"));
    if (!verbs.contains(info.verb()) || namedCreation || homeless) {
      throw notAllowed(type.resource().groupResource());
    }
  }

  /** Upstream's answer to a path or resource that it does not serve. */
  public static ApiException unknown() {
    return ApiException.of(Reason.NOT_FOUND, "the server could not find the requested resource");
  }

  private static ApiException notAllowed(GroupResource resource) {
    return ApiException.of(
        Reason.METHOD_NOT_ALLOWED,
        "the server does not allow this method on the requested resource",
        JsonObject.of("kind", resource.resource()));
  }
}
