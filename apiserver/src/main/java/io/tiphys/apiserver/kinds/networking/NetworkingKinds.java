package io.tiphys.apiserver.kinds.networking;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.IpAddress;
import io.tiphys.model.validation.Names;
import java.util.Map;

/** The strategies of {@code networking.k8s.io} by resource. */
public final class NetworkingKinds {
  public static final String GROUP = "networking.k8s.io";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "ingresses",
          new IngressStrategy(),
          "ingresses/status",
          StatusStrategy.checked((ingress, _) -> loadBalancer(ingress)),
          "ingressclasses",
          new IngressClassStrategy(),
          "networkpolicies",
          new NetworkPolicyStrategy(),
          "servicecidrs",
          new ServiceCidrStrategy(),
          "servicecidrs/status",
          StatusStrategy.PLAIN,
          "ipaddresses",
          new IpAddressStrategy());

  private NetworkingKinds() {}

  private static void loadBalancer(Scope ingress) {
    ingress.in("status").in("loadBalancer").each("ingress", NetworkingKinds::point);
  }

  private static void point(Scope point) {
    point.format("ip", IpAddress::check);
    if (point.format("hostname", Names::dnsSubdomain)) {
      notAnIp(point.path().child("hostname"), point.string("hostname"), point.errors());
    }
  }

  /** A host is a name. */
  static void notAnIp(FieldPath path, String host, FieldErrors errors) {
    if (IpAddress.parse(host).isPresent()) {
      errors.invalid(path, JsonString.of(host), "must be a DNS name, not an IP address");
    }
  }
}
