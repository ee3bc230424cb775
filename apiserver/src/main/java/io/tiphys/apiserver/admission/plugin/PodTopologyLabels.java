package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.List;

/** Gives pods the zone and region of the node that they are bound to, as labels (KEP-4742). */
final class PodTopologyLabels implements AdmissionPlugin {
  private static final List<String> LABELS =
      List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

  private final StoredObjects objects;

  PodTopologyLabels(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "PodTopologyLabels";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE
        && (request.concerns("", "pods")
            || request.concerns("", "pods", "binding")
            || request.concerns("", "bindings"));
  }

  /** A binding's labels become the pod's. */
  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    String node =
        request.concerns("", "pods")
            ? object.object("spec").string("nodeName")
            : object.object("target").string("name");
    if (node.isEmpty()) {
      return object;
    }
    JsonObject labels =
        objects
            .cached(Kinds.NODES, "", node)
            .map(n -> n.object("metadata").object("labels"))
            .orElse(JsonObject.EMPTY);
    JsonObject labelled = object;
    for (String label : LABELS) {
      if (labels.get(label) instanceof JsonString value) {
        labelled = labelled.withAt(value, "metadata", "labels", label);
      }
    }
    return labelled;
  }
}
