package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;

/** Endpoints. */
final class EndpointsStrategy implements Strategy {
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope.of(object, errors)
        .each(
            "subsets",
            subset -> {
              if (!subset.isSet("addresses") && !subset.isSet("notReadyAddresses")) {
                errors.required(subset.path(), "must specify `addresses` or `notReadyAddresses`");
              }
              subset.each("addresses", EndpointsStrategy::address);
              subset.each("notReadyAddresses", EndpointsStrategy::address);
              boolean nameNeeded = subset.value().array("ports").size() > 1;
              subset.each("ports", port -> port(port, nameNeeded));
            });
  }

  private static void address(Scope address) {
    if (address.formatEvenEmpty("ip", Texts::ip)) {
      address.format("ip", ServiceAddressRules::special);
    }
    address.format("hostname", Names::dnsLabel);
    address.format("nodeName", Names::dnsSubdomain);
  }

  private static void port(Scope port, boolean nameNeeded) {
    if (nameNeeded) {
      port.required("name");
    }
    port.format("name", Names::dnsLabel);
    long number = port.number("port", 0);
    Names.portNumber(number)
        .forEach(fault -> port.errors().invalid(port.at("port"), JsonNumber.of(number), fault));
    port.requiredOneOf("protocol", PROTOCOLS);
    port.format("appProtocol", Names::qualifiedName);
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }
}
