package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.model.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Allows services no external IPs that they do not have already. Off unless enabled. */
final class DenyServiceExternalIPs implements AdmissionPlugin {
  @Override
  public String name() {
    return "DenyServiceExternalIPs";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.concerns("", "services")
        && (request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE);
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (!addresses(request.old()).containsAll(addresses(request.object()))) {
      throw Kinds.forbidden(request, "Use of external IPs is denied by admission control.");
    }
  }

  private static Set<String> addresses(@Nullable JsonObject service) {
    JsonObject spec = service == null ? JsonObject.EMPTY : service.object("spec");
    return spec.array("externalIPs").strings().collect(Collectors.toSet());
  }
}
