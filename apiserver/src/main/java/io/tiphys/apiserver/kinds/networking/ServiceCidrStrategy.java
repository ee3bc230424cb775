package io.tiphys.apiserver.kinds.networking;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.Cidr;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;

/** ServiceCIDRs: one range of service addresses, or one for each IP family. */
final class ServiceCidrStrategy implements StatusSeparated {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    if (!spec.required("cidrs", "at least one CIDR required")) {
      return;
    }
    if (spec.value().array("cidrs").size() > 2) {
      errors.invalid(spec.at("cidrs"), spec.value(), "may only hold up to 2 values");
      return;
    }
    List<Scope.Item> cidrs = spec.strings("cidrs");
    boolean allFine = true;
    for (Scope.Item item : cidrs) {
      allFine &= spec.format(item.path(), item.value(), ServiceCidrStrategy::canonical);
    }
    if (allFine && cidrs.size() == 2 && ipv4(cidrs.get(0)) == ipv4(cidrs.get(1))) {
      spec.invalid(
          "cidrs",
          "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
              + " 2001:db8::/64");
    }
  }

  private static boolean ipv4(Scope.Item cidr) {
    return Cidr.parse(cidr.value()).orElseThrow().address().isIpv4();
  }

  /** New kinds accept an address in its shortest form only. */
  private static List<String> canonical(String text) {
    List<String> faults = Cidr.check(text);
    if (!faults.isEmpty()) {
      return faults;
    }
    String canonical = Cidr.parse(text).orElseThrow().block().toString();
    return canonical.equals(text)
        ? faults
        : List.of("must be in canonical form (\"" + canonical + "\")");
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    JsonArray before = current.object("spec").array("cidrs");
    JsonArray after = updated.object("spec").array("cidrs");
    boolean becomesDualStack = before.size() == 1 && after.size() == 2;
    if (before.size() != after.size() && !becomesDualStack) {
      spec.invalid("cidrs", "field is immutable");
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        errors.invalid(spec.at("cidrs").index(i), after.get(i), "field is immutable");
      }
    }
  }
}
