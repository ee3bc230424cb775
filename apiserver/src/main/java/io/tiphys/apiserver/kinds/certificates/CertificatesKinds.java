package io.tiphys.apiserver.kinds.certificates;

import io.tiphys.apiserver.kinds.certificates.SigningRequestUpdate.Part;
import io.tiphys.apiserver.resource.Strategy;
import java.time.InstantSource;
import java.util.Map;

/** The strategies of {@code certificates.k8s.io} by resource. */
public final class CertificatesKinds {
  public static final String GROUP = "certificates.k8s.io";

  private CertificatesKinds() {}

  /**
   * @param clock for the times of conditions
   */
  public static Map<String, Strategy> strategies(InstantSource clock) {
    return Map.of(
        "certificatesigningrequests", new SigningRequestStrategy(),
        "certificatesigningrequests/status", new SigningRequestUpdate(Part.STATUS, clock),
        "certificatesigningrequests/approval", new SigningRequestUpdate(Part.APPROVAL, clock));
  }
}
