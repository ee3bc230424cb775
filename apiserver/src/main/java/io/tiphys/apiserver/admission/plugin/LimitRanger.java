package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    for (JsonObject range : ranges(request)) {
      defaulted = LimitDefaults.apply(defaulted, range);
    }
    return defaulted;
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject object = request.object();
    if (object == null || isLeaving(request.old())) {
      return;
    }
    for (JsonObject range : ranges(request)) {
      List<String> errors = new ArrayList<>();
      range
          .object("spec")
          .array("limits")
          .objects()
          .forEach(limit -> check(limit, object, request, errors));
      List<String> distinct = errors.stream().distinct().toList();
      if (!distinct.isEmpty()) {
        throw Kinds.forbidden(
            request,
            distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]");
      }
    }
  }

  private static void check(
      JsonObject limit, JsonObject object, AdmissionRequest request, List<String> errors) {
    LimitChecks checks = new LimitChecks(limit, errors);
    if (request.type().resource().resource().equals("pods")) {
      checks.pod(object);
    } else {
      checks.claim(object.object("spec").object("resources").object("requests"));
    }
  }

  /** What is about to be deleted may go on as it is. */
  private static boolean isLeaving(@Nullable JsonObject old) {
    return old != null && old.object("metadata").has("deletionTimestamp");
  }

  private Collection<JsonObject> ranges(AdmissionRequest request) {
    return objects.cached(Kinds.LIMIT_RANGES, request.namespace());
  }
}
