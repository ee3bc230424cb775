package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.model.json.JsonObject;

/**
 * Lets pods keep others off their node, but not off a whole zone: there pods could lock out
 * everybody else's. Off unless enabled.
 */
final class LimitPodHardAntiAffinityTopology implements AdmissionPlugin {
  private static final String HOST = "kubernetes.io/hostname";

  @Override
  public String name() {
    return "LimitPodHardAntiAffinityTopology";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.concerns("", "pods")
        && (request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE);
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject pod = request.object();
    if (pod == null) {
      return;
    }
    pod.object("spec")
        .object("affinity")
        .object("podAntiAffinity")
        .array("requiredDuringSchedulingIgnoredDuringExecution")
        .objects()
        .map(term -> term.string("topologyKey"))
        .filter(key -> !key.equals(HOST))
        .findFirst()
        .ifPresent(key -> {
          throw Kinds.forbidden(
              request,
              "affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey "
                  + key
                  + " but only key "
                  + HOST
                  + " is allowed");
        });
  }
}
