package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Applies the namespace's LimitRanges: default requests and limits, bounds, and ratios. */
final class LimitRanger implements AdmissionPlugin {
  private final StoredObjects objects;

  LimitRanger(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "LimitRanger";
  }

  /** Pods' containers cannot change in an update, but for a resize. */
  @Override
  public boolean handles(AdmissionRequest request) {
    return switch (request.operation()) {
      case CREATE -> request.concerns("", "pods") || request.concerns("", "persistentvolumeclaims");
      case UPDATE ->
          request.concerns("", "pods", "resize") || request.concerns("", "persistentvolumeclaims");
      case DELETE, CONNECT -> false;
    };
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    if (!request.concerns("", "pods") || request.operation() != Operation.CREATE) {
      return object;
    }
    JsonObject defaulted = object;
    for (JsonObject limit : limits(request)) {
      if (limit.string("type").equals("Container")) {
        defaulted = LimitDefaults.apply(defaulted, limit);
      }
    }
    return defaulted;
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject object = request.object();
    if (object == null) {
      return;
    }
    List<String> errors = new ArrayList<>();
    for (JsonObject limit : limits(request)) {
      LimitChecks checks = new LimitChecks(limit, errors);
      if (request.type().resource().resource().equals("pods")) {
        checks.pod(object.object("spec"));
      } else {
        checks.claim(object.object("spec").object("resources").object("requests"));
      }
    }
    if (!errors.isEmpty()) {
      throw Kinds.forbidden(
          request, errors.size() == 1 ? errors.getFirst() : "[" + String.join(", ", errors) + "]");
    }
  }

  private List<JsonObject> limits(AdmissionRequest request) {
    return objects.cached(Kinds.LIMIT_RANGES, request.namespace()).stream()
        .flatMap(range -> range.object("spec").array("limits").objects())
        .toList();
  }
}
