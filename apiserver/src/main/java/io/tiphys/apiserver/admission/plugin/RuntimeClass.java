package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.quota.Amounts;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Gives pods the overhead, node selector and tolerations of their RuntimeClass. */
final class RuntimeClass implements AdmissionPlugin {
  private final StoredObjects objects;

  RuntimeClass(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "RuntimeClass";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE && request.concerns("", "pods");
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject pod) {
    JsonObject spec = pod.object("spec");
    String className = spec.string("runtimeClassName");
    if (className.isEmpty()) {
      if (!spec.object("overhead").isEmpty()) {
        throw Kinds.forbidden(
            request,
            "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
      }
      return pod;
    }
    JsonObject runtime =
        objects
            .cached(Kinds.RUNTIME_CLASSES, "", className)
            .orElseThrow(() ->
                Kinds.forbidden(
                    request, "pod rejected: RuntimeClass \"" + className + "\" not found"));
    return pod.with("spec", scheduled(request, overhead(request, spec, runtime), runtime));
  }

  private static JsonObject overhead(
      AdmissionRequest request, JsonObject spec, JsonObject runtime) {
    JsonObject fixed = runtime.object("overhead").object("podFixed");
    Amounts asked = Amounts.of(spec.object("overhead"));
    if (!asked.isEmpty() && fixed.isEmpty()) {
      throw Kinds.forbidden(
          request,
          "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }
    if (!asked.isEmpty() && !asked.equals(Amounts.of(fixed))) {
      throw Kinds.forbidden(
          request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
    return fixed.isEmpty() ? spec : spec.with("overhead", fixed);
  }

  private static JsonObject scheduled(
      AdmissionRequest request, JsonObject spec, JsonObject runtime) {
    JsonObject scheduling = runtime.object("scheduling");
    JsonObject selector = spec.object("nodeSelector");
    JsonObject added = scheduling.object("nodeSelector");
    for (String key : added.keys()) {
      Json wanted = added.get(key);
      if (selector.has(key) && !selector.get(key).equals(wanted)) {
        throw Kinds.forbidden(
            request,
            "conflict: runtimeClass.scheduling.nodeSelector["
                + key
                + "] = "
                + added.string(key)
                + "; pod.spec.nodeSelector["
                + key
                + "] = "
                + selector.string(key));
      }
      selector = selector.with(key, wanted);
    }
    List<Json> tolerations = new ArrayList<>(spec.array("tolerations").list());
    scheduling.array("tolerations").stream()
        .filter(t -> !tolerations.contains(t))
        .forEach(tolerations::add);
    JsonObject result = selector.isEmpty() ? spec : spec.with("nodeSelector", selector);
    return tolerations.isEmpty() ? result : result.with("tolerations", JsonArray.of(tolerations));
  }
}
