package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Cidr;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a service may say. */
final class ServiceRules {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final List<String> TRAFFIC_POLICIES = List.of("Cluster", "Local");
  private static final List<String> DISTRIBUTIONS =
      List.of("PreferClose", "PreferSameNode", "PreferSameZone");
  private static final int KUBELET_PORT = 10_250;
  private static final int MAX_AFFINITY_SECONDS = 86_400;
  private static final String ONLY_LB = "may only be used when `type` is 'LoadBalancer'";

  private ServiceRules() {}

  static void validate(JsonObject service, FieldErrors errors) {
    Scope spec = Scope.of(service, errors).in("spec");
    if (spec.value().isEmpty()) {
      spec.required("ports");
      return;
    }
    ServiceShape shape = new ServiceShape(spec.value());
    if (spec.value().array("ports").isEmpty() && !shape.isHeadless() && !shape.isExternalName()) {
      spec.required("ports");
    }
    byType(spec, shape);
    ports(spec, shape);
    LabelRules.labels(spec.value().object("selector"), spec.at("selector"), errors);
    sessionAffinity(spec);
    ServiceAddressRules.validate(spec, shape);
    spec.requiredOneOf("type", TYPES);
    nodePorts(spec, shape);
    loadBalancer(spec, shape);
    trafficPolicies(spec, shape);
  }

  private static void byType(Scope spec, ServiceShape shape) {
    switch (shape.type()) {
      case "LoadBalancer" -> {
        spec.each(
            "ports",
            port ->
                port.unless(
                    port.number("port", 0) == KUBELET_PORT,
                    "port",
                    "may not expose port 10250 externally since it is used by kubelet"));
        notHeadless(spec, shape);
      }
      case "NodePort" -> notHeadless(spec, shape);
      case "ExternalName" -> {
        if (spec.isSet("clusterIPs") || spec.isSet("clusterIP")) {
          spec.forbidden("clusterIPs", "may not be set for ExternalName services");
        }
        if (spec.required("externalName")) {
          String name = spec.string("externalName");
          spec.format(
              spec.at("externalName"),
              name.endsWith(".") ? name.substring(0, name.length() - 1) : name,
              Names::dnsSubdomain);
        }
      }
      default -> {}
    }
  }

  private static void notHeadless(Scope spec, ServiceShape shape) {
    if (shape.isHeadless()) {
      spec.errors()
          .invalid(
              spec.at("clusterIPs").index(0),
              JsonString.of("None"),
              "may not be set to 'None' for " + shape.type() + " services");
    }
  }

  private static void ports(Scope spec, ServiceShape shape) {
    boolean nameNeeded = spec.value().array("ports").size() > 1;
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    spec.each(
        "ports",
        port -> {
          port(port, nameNeeded, names);
          String use = port.string("protocol") + "/" + port.number("port", 0);
          if (!numbers.add(use)) {
            port.errors()
                .duplicate(
                    port.path(),
                    JsonObject.of(
                        "port", port.number("port", 0), "protocol", port.string("protocol")));
          }
          if (shape.type().equals("ClusterIP") && port.number("nodePort", 0) != 0) {
            port.forbidden("nodePort", "may not be used when `type` is 'ClusterIP'");
          }
        });
  }

  private static void port(Scope port, boolean nameNeeded, Set<String> names) {
    String name = port.string("name");
    if (name.isEmpty()) {
      if (nameNeeded) {
        port.required("name");
      }
    } else if (port.format("name", Names::dnsLabel) && !names.add(name)) {
      port.errors().duplicate(port.at("name"), JsonString.of(name));
    }
    long number = port.number("port", 0);
    Names.portNumber(number)
        .forEach(fault -> port.errors().invalid(port.at("port"), JsonNumber.of(number), fault));
    port.requiredOneOf("protocol", PROTOCOLS);
    Json target = port.value().get("targetPort");
    if (target instanceof JsonString text) {
      port.format(port.at("targetPort"), text.value(), Names::portName);
    } else {
      long targetNumber = port.number("targetPort", 0);
      Names.portNumber(targetNumber)
          .forEach(fault ->
              port.errors().invalid(port.at("targetPort"), JsonNumber.of(targetNumber), fault));
    }
    port.format("appProtocol", Names::qualifiedName);
  }

  private static void sessionAffinity(Scope spec) {
    spec.requiredOneOf("sessionAffinity", List.of("ClientIP", "None"));
    boolean config = spec.has("sessionAffinityConfig");
    if (spec.string("sessionAffinity").equals("ClientIP")) {
      Scope clientIp = spec.in("sessionAffinityConfig").in("clientIP");
      clientIp.check(
          "timeoutSeconds",
          n -> n > 0 && n <= MAX_AFFINITY_SECONDS,
          "must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
    } else if (config) {
      spec.forbidden("sessionAffinityConfig", "must not be set when session affinity is None");
    }
  }

  private static void nodePorts(Scope spec, ServiceShape shape) {
    Set<String> seen = new HashSet<>();
    spec.each(
        "ports",
        port -> {
          long nodePort = port.number("nodePort", 0);
          String use = port.string("protocol") + "/" + nodePort;
          if (nodePort != 0 && shape.isExternallyAccessible() && !seen.add(use)) {
            port.errors().duplicate(port.at("nodePort"), JsonNumber.of(nodePort));
          }
        });
  }

  private static void loadBalancer(Scope spec, ServiceShape shape) {
    if (shape.isLoadBalancer()) {
      for (Scope.Item range : spec.strings("loadBalancerSourceRanges")) {
        String text = range.value().strip();
        if (Cidr.parse(text).isEmpty()) {
          spec.format(range.path(), range.value(), Texts::cidr);
        }
      }
      if (!spec.has("allocateLoadBalancerNodePorts")) {
        spec.required("allocateLoadBalancerNodePorts");
      }
      spec.format("loadBalancerClass", Names::qualifiedName);
      return;
    }
    spec.forbidAll(List.of("loadBalancerSourceRanges"), ONLY_LB);
    for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
      if (spec.has(field)) {
        spec.forbidden(field, ONLY_LB);
      }
    }
  }

  private static void trafficPolicies(Scope spec, ServiceShape shape) {
    if (!shape.isExternallyAccessible()) {
      spec.unless(
          spec.isSet("externalTrafficPolicy"),
          "externalTrafficPolicy",
          "may only be set for externally-accessible services");
    } else {
      spec.requiredOneOf("externalTrafficPolicy", TRAFFIC_POLICIES);
    }
    if (!shape.needsHealthCheckPort()) {
      spec.unless(
          spec.number("healthCheckNodePort", 0) != 0,
          "healthCheckNodePort",
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    } else if (spec.isSet("healthCheckNodePort")) {
      spec.range("healthCheckNodePort", 1, 65_535);
    }
    if (shape.needsClusterIp()) {
      spec.requiredOneOf("internalTrafficPolicy", TRAFFIC_POLICIES);
    }
    spec.oneOf("trafficDistribution", DISTRIBUTIONS);
  }

  static void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    JsonObject before = current.object("spec");
    ServiceShape was = new ServiceShape(before);
    ServiceShape is = new ServiceShape(spec.value());
    if (was.needsClusterIp() && is.needsClusterIp()) {
      JsonArray ips = before.array("clusterIPs");
      JsonArray now = spec.value().array("clusterIPs");
      for (int i = 0; i < Math.min(ips.size(), now.size()); i++) {
        if (!ips.get(i).equals(now.get(i))) {
          errors.invalid(spec.at("clusterIPs").index(i), now, "may not change once set");
        }
      }
      if (!ips.isEmpty() && now.isEmpty()) {
        errors.invalid(spec.at("clusterIPs").index(0), now, "primary clusterIP can not be unset");
      }
    }
    if (was.isLoadBalancer() && is.isLoadBalancer()) {
      spec.immutable("loadBalancerClass", before, "may not change once set");
    }
  }

  static List<String> warnings(JsonObject service) {
    JsonObject spec = service.object("spec");
    List<String> warnings = new ArrayList<>();
    ServiceShape shape = new ServiceShape(spec);
    if (!spec.string("externalName").isEmpty() && !shape.isExternalName()) {
      warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
    if (shape.isHeadless()) {
      if (!spec.string("loadBalancerIP").isEmpty()) {
        warnings.add("spec.loadBalancerIP is ignored for headless services");
      }
      if (!spec.array("externalIPs").isEmpty()) {
        warnings.add("spec.externalIPs is ignored for headless services");
      }
      if (spec.string("sessionAffinity").equals("ClientIP")) {
        warnings.add("spec.SessionAffinity is ignored for headless services");
      }
    }
    return warnings;
  }
}
