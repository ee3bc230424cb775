package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;

/**
 * Writes into certificate signing requests who makes them; whatever the client says of that is
 * dropped. Not among upstream's plug-ins: there the kind's own strategy does it.
 */
final class CertificateRequester implements AdmissionPlugin {
  @Override
  public String name() {
    return "CertificateRequester";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE
        && request.concerns("certificates.k8s.io", "certificatesigningrequests");
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    UserInfo user = request.context().user();
    JsonObject spec =
        object
            .object("spec")
            .without("uid")
            .without("extra")
            .with("username", user.name())
            .with("groups", JsonArray.ofStrings(user.groups()));
    if (!user.uid().isEmpty()) {
      spec = spec.with("uid", user.uid());
    }
    if (!user.extra().isEmpty()) {
      JsonObject.Builder extra = new JsonObject.Builder();
      user.extra().forEach((key, values) -> extra.put(key, JsonArray.ofStrings(values)));
      spec = spec.with("extra", extra.build());
    }
    return object.with("spec", spec);
  }
}
