package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.TreeSet;

/**
 * Lets pods that ask for an extended resource onto nodes that are tainted with its name. Off unless
 * enabled.
 */
final class ExtendedResourceToleration implements AdmissionPlugin {
  @Override
  public String name() {
    return "ExtendedResourceToleration";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.concerns("", "pods")
        && (request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE);
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject pod) {
    JsonObject spec = pod.object("spec");
    TreeSet<String> resources = new TreeSet<>();
    for (String list : List.of("containers", "initContainers")) {
      spec.array(list)
          .objects()
          .flatMap(c -> c.object("resources").object("requests").keys().stream())
          .filter(ResourceNames::isExtended)
          .forEach(resources::add);
    }
    JsonArray tolerations = spec.array("tolerations");
    for (String resource : resources) {
      JsonObject wanted = JsonObject.of("key", resource, "operator", "Exists");
      boolean there =
          tolerations
              .objects()
              .anyMatch(t ->
                  t.string("key").equals(resource)
                      && t.string("operator").equals("Exists")
                      && (t.string("effect").isEmpty() || t.string("effect").equals("NoSchedule")));
      if (!there) {
        tolerations = tolerations.append(wanted.with("effect", "NoSchedule"));
      }
    }
    return tolerations.isEmpty() ? pod : pod.withAt(tolerations, "spec", "tolerations");
  }
}
