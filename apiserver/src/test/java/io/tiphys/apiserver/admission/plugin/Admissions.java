package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeCatalog;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Requests for plug-ins, and what plug-ins make of them. Quotes may be single ones. */
final class Admissions {
  static final UserInfo JANE = UserInfo.of("jane", "dev", UserInfo.ALL_AUTHENTICATED);

  private static final FakeCatalog CATALOG = new FakeCatalog();

  private Admissions() {}

  static JsonObject json(String text) {
    return (JsonObject) Json.parse(text.replace('\'', '"'));
  }

  /** A creation in namespace n by Jane; resources as {@code deployments.apps}. */
  static AdmissionRequest create(String resource, JsonObject object) {
    return request(JANE, Operation.CREATE, resource, "", object, null);
  }

  static AdmissionRequest create(String resource, String object) {
    return create(resource, json(object));
  }

  static AdmissionRequest update(String resource, String object, String old) {
    return request(JANE, Operation.UPDATE, resource, "", json(object), json(old));
  }

  /**
   * @param resource {@code pods} or {@code deployments.apps}
   */
  static AdmissionRequest request(
      UserInfo user,
      Operation operation,
      String resource,
      String subresource,
      @Nullable JsonObject object,
      @Nullable JsonObject old) {
    int dot = resource.indexOf('.');
    String group = dot < 0 ? "" : resource.substring(dot + 1);
    String plural = dot < 0 ? resource : resource.substring(0, dot);
    JsonObject any = object != null ? object : old;
    JsonObject metadata = any == null ? JsonObject.EMPTY : any.object("metadata");
    var type = CATALOG.get(group, plural);
    String namespace = type.namespaced() ? "n" : "";
    if (!metadata.string("namespace").isEmpty()) {
      namespace = metadata.string("namespace");
    }
    RequestInfo info =
        new RequestInfo(true, "", "", group, "v1", namespace, plural, subresource, "", "");
    return new AdmissionRequest(
        new RequestContext(
            info, user, user, Map.of(), "", "", Instant.EPOCH, new CopyOnWriteArrayList<>()),
        operation,
        type,
        subresource,
        namespace,
        metadata.string("name"),
        object,
        old,
        JsonObject.EMPTY,
        false);
  }

  static AdmissionRequest dryRun(AdmissionRequest r) {
    return new AdmissionRequest(
        r.context(),
        r.operation(),
        r.type(),
        r.subresource(),
        r.namespace(),
        r.name(),
        r.object(),
        r.old(),
        r.options(),
        true);
  }

  /** The object that a plug-in makes of the request's; the same where it does not look at it. */
  static JsonObject mutated(AdmissionPlugin plugin, AdmissionRequest request) {
    JsonObject object = java.util.Objects.requireNonNull(request.object());
    return plugin.handles(request) ? plugin.mutate(request, object) : object;
  }

  /** The message of the refusal in any phase; "" if the request is allowed. */
  static String refusal(AdmissionPlugin plugin, AdmissionRequest request) {
    if (!plugin.handles(request)) {
      return "";
    }
    try {
      AdmissionRequest now = request;
      if (request.object() != null) {
        now = request.withObject(plugin.mutate(request, request.object()));
      }
      plugin.validate(now);
      plugin.reserve(now).commit();
      return "";
    } catch (ApiException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
