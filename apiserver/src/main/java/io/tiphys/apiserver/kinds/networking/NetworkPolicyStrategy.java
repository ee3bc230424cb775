package io.tiphys.apiserver.kinds.networking;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Cidr;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Optional;

/** NetworkPolicies. */
final class NetworkPolicyStrategy implements Strategy {
  private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
  private static final List<String> TYPES = List.of("Ingress", "Egress");

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(object, "spec", NetworkPolicyStrategy::specDefaults);
  }

  private static JsonObject specDefaults(JsonObject spec) {
    return spec.array("policyTypes").isEmpty()
        ? spec.with(
            "policyTypes",
            JsonArray.ofStrings(
                spec.array("egress").isEmpty() ? List.of("Ingress") : List.of("Ingress", "Egress")))
        : spec;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    LabelRules.selector(spec.in("podSelector"));
    rules(spec, "ingress", "from");
    rules(spec, "egress", "to");
    JsonArray types = spec.value().array("policyTypes");
    if (types.size() > TYPES.size()) {
      spec.invalid("policyTypes", "may not specify more than two policyTypes");
    } else {
      Limits.eachOneOf(spec, "policyTypes", TYPES);
    }
  }

  private static void rules(Scope spec, String direction, String peers) {
    spec.each(
        direction,
        rule -> {
          rule.each("ports", NetworkPolicyStrategy::port);
          rule.each(peers, NetworkPolicyStrategy::peer);
        });
  }

  private static void port(Scope port) {
    if (port.has("protocol")) {
      Limits.supported(port, "protocol", PROTOCOLS);
    }
    switch (port.value().get("port")) {
      case JsonNumber n -> {
        port.range("port", 1, 65535);
        if (port.has("endPort")) {
          port.check(
              "endPort", end -> end >= n.longValue(), "must be greater than or equal to `port`");
          port.range("endPort", 1, 65535);
        }
      }
      case JsonString s -> {
        port.unless(
            port.has("endPort"), "endPort", "may not be specified when `port` is non-numeric");
        port.format(port.at("port"), s.value(), Names::portName);
      }
      case null, default ->
          port.unless(
              port.has("endPort"), "endPort", "may not be specified when `port` is not specified");
    }
  }

  private static void peer(Scope peer) {
    peer.with("podSelector", LabelRules::selector);
    peer.with("namespaceSelector", LabelRules::selector);
    peer.with("ipBlock", NetworkPolicyStrategy::block);
    boolean selected = peer.has("podSelector") || peer.has("namespaceSelector");
    if (!selected && !peer.has("ipBlock")) {
      peer.errors().required(peer.path(), "must specify a peer");
    } else if (selected && peer.has("ipBlock")) {
      peer.errors().forbidden(peer.path(), "may not specify both ipBlock and another peer");
    }
  }

  private static void block(Scope block) {
    if (!block.requiredFormat("cidr", Cidr::check)) {
      return;
    }
    Optional<Cidr> cidr = Cidr.parse(block.string("cidr"));
    for (Scope.Item except : block.strings("except")) {
      if (!block.format(except.path(), except.value(), Cidr::check)) {
        continue;
      }
      boolean inside =
          cidr.isPresent()
              && Cidr.parse(except.value())
                  .filter(e ->
                      cidr.get().contains(e.address())
                          && e.prefixLength() > cidr.get().prefixLength())
                  .isPresent();
      if (!inside) {
        block
            .errors()
            .invalid(
                except.path(), JsonString.of(except.value()), "must be a strict subset of `cidr`");
      }
    }
  }
}
