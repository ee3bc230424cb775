package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.model.json.JsonObject;
import java.io.IOException;

/** Refuses client certificates for the group that may do everything. */
final class CertificateSubjectRestriction implements AdmissionPlugin {
  private static final String SIGNER = "kubernetes.io/kube-apiserver-client";
  private static final String MASTERS = "system:masters";

  @Override
  public String name() {
    return "CertificateSubjectRestriction";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE
        && request.concerns("certificates.k8s.io", "certificatesigningrequests");
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject object = request.object();
    if (object == null || !object.object("spec").string("signerName").equals(SIGNER)) {
      return;
    }
    if (asksForMasters(request, object.object("spec").string("request"))) {
      throw Kinds.forbidden(
          request, "use of " + SIGNER + " signer with " + MASTERS + " group is not allowed");
    }
  }

  private static boolean asksForMasters(AdmissionRequest request, String base64) {
    try {
      return CertificateRequests.organizations(base64).contains(MASTERS);
    } catch (IOException e) {
      throw Kinds.forbidden(request, "unable to parse csr: " + e.getMessage());
    }
  }
}
