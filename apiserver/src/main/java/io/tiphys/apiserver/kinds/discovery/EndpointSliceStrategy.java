package io.tiphys.apiserver.kinds.discovery;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.IpAddress;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** EndpointSlices. The limits on sizes are upstream's. */
final class EndpointSliceStrategy implements Strategy {
  private static final int MAX_ENDPOINTS = 1000;
  private static final int MAX_ADDRESSES = 100;
  private static final int MAX_PORTS = 20_000;
  private static final int MAX_TOPOLOGY_LABELS = 16;
  private static final int MAX_ZONE_HINTS = 8;
  private static final int MAX_NODE_HINTS = 8;
  private static final Set<String> ADDRESS_TYPES = Set.of("IPv4", "IPv6", "FQDN");
  private static final Set<String> PROTOCOLS = Set.of("TCP", "UDP", "SCTP");

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope slice = Scope.of(object, errors);
    slice.requiredOneOf("addressType", ADDRESS_TYPES);
    if (Limits.items(slice, "endpoints", MAX_ENDPOINTS)) {
      slice.each("endpoints", endpoint -> endpoint(endpoint, object.string("addressType")));
    }
    if (Limits.items(slice, "ports", MAX_PORTS)) {
      ports(slice);
    }
  }

  private static void endpoint(Scope endpoint, String type) {
    endpoint.required("addresses", "must contain at least 1 address");
    Limits.items(endpoint, "addresses", MAX_ADDRESSES);
    for (Scope.Item address : endpoint.strings("addresses")) {
      address(endpoint, address, type);
    }
    endpoint.format("nodeName", Names::dnsSubdomain);
    JsonObject topology = endpoint.value().object("deprecatedTopology");
    if (topology.size() > MAX_TOPOLOGY_LABELS) {
      endpoint
          .errors()
          .add(
              FieldError.tooMany(
                  endpoint.at("deprecatedTopology"), topology.size(), MAX_TOPOLOGY_LABELS));
    }
    LabelRules.labels(topology, endpoint.at("deprecatedTopology"), endpoint.errors());
    endpoint.format("hostname", Names::dnsLabel);
    endpoint.with("hints", EndpointSliceStrategy::hints);
  }

  private static void address(Scope endpoint, Scope.Item address, String type) {
    String text = address.value();
    Optional<IpAddress> ip = IpAddress.parse(text);
    JsonString value = JsonString.of(text);
    switch (type) {
      case "IPv4", "IPv6" -> {
        if (ip.isEmpty() || ip.get().isIpv4() != type.equals("IPv4")) {
          endpoint.errors().invalid(address.path(), value, "must be a valid " + type + " address");
        } else {
          SpecialAddresses.faults(ip.get())
              .forEach(fault -> endpoint.errors().invalid(address.path(), value, fault));
        }
      }
      case "FQDN" -> endpoint.format(address.path(), text, SpecialAddresses::domainName);
      default -> {}
    }
  }

  private static void hints(Scope hints) {
    if (Limits.items(hints, "forZones", MAX_ZONE_HINTS)) {
      hints.unique("forZones", "name");
      hints.each("forZones", zone -> zone.requiredFormat("name", Names::labelValue));
    }
    if (Limits.items(hints, "forNodes", MAX_NODE_HINTS)) {
      hints.unique("forNodes", "name");
      hints.each("forNodes", node -> node.requiredFormat("name", Names::dnsSubdomain));
    }
  }

  private static void ports(Scope slice) {
    Set<String> names = new HashSet<>();
    slice.each(
        "ports",
        port -> {
          port.format("name", Names::dnsLabel);
          if (!names.add(port.string("name"))) {
            port.errors().duplicate(port.at("name"), JsonString.of(port.string("name")));
          }
          port.requiredOneOf("protocol", PROTOCOLS);
          port.format("appProtocol", Names::qualifiedName);
        });
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).immutable("addressType", current);
  }
}
