package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.List;

/** Lets pods stay for five minutes on a node that is not ready or cannot be reached. */
final class DefaultTolerationSeconds implements AdmissionPlugin {
  private static final List<String> TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
  private static final int SECONDS = 300;

  @Override
  public String name() {
    return "DefaultTolerationSeconds";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.concerns("", "pods")
        && (request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE);
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject pod) {
    JsonArray tolerations = pod.object("spec").array("tolerations");
    JsonArray all = tolerations;
    for (String taint : TAINTS) {
      if (tolerations.objects().noneMatch(t -> tolerates(t, taint))) {
        all =
            all.append(
                JsonObject.of(
                    "key",
                    taint,
                    "operator",
                    "Exists",
                    "effect",
                    "NoExecute",
                    "tolerationSeconds",
                    SECONDS));
      }
    }
    return all.size() == tolerations.size() ? pod : pod.withAt(all, "spec", "tolerations");
  }

  private static boolean tolerates(JsonObject toleration, String taint) {
    String key = toleration.string("key");
    String effect = toleration.string("effect");
    return (key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals("NoExecute"));
  }
}
