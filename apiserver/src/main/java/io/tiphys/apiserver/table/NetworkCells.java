package io.tiphys.apiserver.table;

import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The cells of services, endpoints and ingresses. */
final class NetworkCells {
  private NetworkCells() {}

  static String clusterIp(JsonObject service) {
    String first = service.object("spec").array("clusterIPs").strings().findFirst().orElse("");
    return first.isEmpty() ? Cells.text(service.at("spec", "clusterIP"), Cells.NONE) : first;
  }

  static String externalIp(JsonObject service) {
    JsonObject spec = service.object("spec");
    Stream<String> external = spec.array("externalIPs").strings();
    return switch (spec.string("type")) {
      case "LoadBalancer" -> {
        String balancer = loadBalancer(service);
        String all =
            Cells.join(
                Stream.concat(balancer.isEmpty() ? Stream.of() : Stream.of(balancer), external),
                "");
        yield all.isEmpty() ? "<pending>" : all;
      }
      case "ExternalName" -> spec.string("externalName");
      default -> Cells.join(external, Cells.NONE);
    };
  }

  /** Addresses or names that a load balancer got. */
  static String loadBalancer(JsonObject object) {
    return Cells.join(
        object
            .object("status")
            .object("loadBalancer")
            .array("ingress")
            .objects()
            .map(i -> Cells.text(i.get("ip"), i.string("hostname")))
            .filter(t -> !t.isEmpty())
            .sorted()
            .distinct(),
        "");
  }

  static String servicePorts(JsonObject service) {
    return Cells.join(
        service.object("spec").array("ports").objects().map(NetworkCells::servicePort), Cells.NONE);
  }

  private static String servicePort(JsonObject port) {
    long nodePort = port.number("nodePort", 0);
    return port.number("port", 0)
        + (nodePort == 0 ? "" : ":" + nodePort)
        + "/"
        + port.string("protocol");
  }

  static String endpoints(JsonObject endpoints) {
    List<String> all = new ArrayList<>();
    for (JsonObject subset : endpoints.array("subsets").objects().toList()) {
      List<JsonObject> ports = subset.array("ports").objects().toList();
      for (JsonObject address : subset.array("addresses").objects().toList()) {
        String ip = address.string("ip");
        if (ports.isEmpty()) {
          all.add(ip);
        }
        ports.forEach(p -> all.add(hostPort(ip, p.number("port", 0))));
      }
    }
    return Cells.firstOf(all, 3);
  }

  private static String hostPort(String ip, long port) {
    return ip.contains(":") ? "[" + ip + "]:" + port : ip + ":" + port;
  }

  static String slicePorts(JsonObject slice) {
    if (slice.array("ports").isEmpty()) {
      return Cells.UNSET;
    }
    return Cells.firstOf(
        slice
            .array("ports")
            .objects()
            .map(p -> p.has("port") ? Cells.text(p.get("port"), "*") : p.string("name"))
            .toList(),
        3);
  }

  static String sliceEndpoints(JsonObject slice) {
    List<String> addresses =
        slice.array("endpoints").objects().flatMap(e -> e.array("addresses").strings()).toList();
    return addresses.isEmpty() ? Cells.UNSET : Cells.firstOf(addresses, 3);
  }

  static String hosts(JsonObject ingress) {
    List<String> hosts =
        ingress
            .object("spec")
            .array("rules")
            .objects()
            .map(r -> Cells.text(r.get("host"), "*"))
            .distinct()
            .toList();
    return hosts.isEmpty() ? "*" : Cells.firstOf(hosts, 3);
  }

  static String ingressPorts(JsonObject ingress) {
    return ingress.object("spec").array("tls").isEmpty() ? "80" : "80, 443";
  }

  static String parameters(JsonObject ingressClass) {
    JsonObject p = ingressClass.object("spec").object("parameters");
    if (p.isEmpty()) {
      return Cells.NONE;
    }
    String group = p.string("apiGroup");
    return p.string("kind") + (group.isEmpty() ? "" : "." + group) + "/" + p.string("name");
  }

  static String parentRef(JsonObject address) {
    JsonObject ref = address.object("spec").object("parentRef");
    if (ref.isEmpty()) {
      return Cells.NONE;
    }
    return String.join(
        "/",
        Stream.of(ref.string("resource"), ref.string("namespace"), ref.string("name"))
            .filter(s -> !s.isEmpty())
            .toList());
  }

  static String roles(JsonObject node) {
    TreeSet<String> roles = new TreeSet<>();
    node.object("metadata")
        .object("labels")
        .strings()
        .forEach((key, value) -> {
          if (key.startsWith("node-role.kubernetes.io/")) {
            roles.add(key.substring("node-role.kubernetes.io/".length()));
          } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
            roles.add(value);
          }
        });
    roles.remove("");
    return Cells.join(roles.stream(), Cells.NONE);
  }

  static String nodeStatus(JsonObject node) {
    List<String> status =
        new ArrayList<>(
            node.object("status")
                .array("conditions")
                .objects()
                .filter(c -> c.string("type").equals("Ready"))
                .map(c -> c.string("status").equals("True") ? "Ready" : "NotReady")
                .toList());
    if (status.isEmpty()) {
      status.add("Unknown");
    }
    if (node.object("spec").bool("unschedulable")) {
      status.add("SchedulingDisabled");
    }
    return String.join(",", status);
  }

  static String nodeAddress(JsonObject node, String type) {
    return node.object("status")
        .array("addresses")
        .objects()
        .filter(a -> a.string("type").equals(type))
        .map(a -> a.string("address"))
        .findFirst()
        .orElse(Cells.NONE);
  }
}
