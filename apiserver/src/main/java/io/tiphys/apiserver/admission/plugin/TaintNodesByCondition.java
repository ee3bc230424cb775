package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;

/** Taints new nodes as not ready, so that nothing is scheduled before they say they are. */
final class TaintNodesByCondition implements AdmissionPlugin {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String EFFECT = "NoSchedule";

  @Override
  public String name() {
    return "TaintNodesByCondition";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE && request.concerns("", "nodes");
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject node) {
    JsonArray taints = node.object("spec").array("taints");
    boolean there =
        taints
            .objects()
            .anyMatch(t -> t.string("key").equals(NOT_READY) && t.string("effect").equals(EFFECT));
    return there
        ? node
        : node.withAt(
            taints.append(JsonObject.of("key", NOT_READY, "effect", EFFECT)), "spec", "taints");
  }
}
