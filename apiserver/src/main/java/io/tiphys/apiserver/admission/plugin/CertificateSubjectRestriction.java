package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.model.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

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
    String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return parser.readObject() instanceof PKCS10CertificationRequest csr
          && Arrays.stream(csr.getSubject().getRDNs(BCStyle.O))
              .map(RDN::getFirst)
              .anyMatch(o -> o.getValue().toString().equals(MASTERS));
    } catch (IOException e) {
      throw Kinds.forbidden(request, "unable to parse csr: " + e.getMessage());
    }
  }
}
