package io.tiphys.apiserver.kinds.networking;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.IpAddress;
import io.tiphys.model.validation.Names;
import java.util.List;

/** IPAddresses: an address of a service, which is the object's name. */
final class IpAddressStrategy implements Strategy {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    if (!spec.has("parentRef")) {
      errors.required(spec.at("parentRef"), "");
      return;
    }
    Scope parent = spec.in("parentRef");
    parent.format("group", Names::dnsSubdomain);
    parent.requiredFormat("resource", Names::pathSegment);
    parent.requiredFormat("name", Names::pathSegment);
    parent.format("namespace", Names::pathSegment);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).in("spec").immutable("parentRef", current.object("spec"));
  }

  @Override
  public List<String> nameErrors(String name, boolean prefix) {
    return IpAddress.parse(name)
        .map(ip ->
            ip.toString().equals(name)
                ? List.<String>of()
                : List.of("must be in canonical form (\"" + ip + "\")"))
        .orElseGet(() -> List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
  }
}
