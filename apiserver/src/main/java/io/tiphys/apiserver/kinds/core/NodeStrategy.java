package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.ResourceRules;
import io.tiphys.apiserver.kinds.pod.SchedulingRules;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.IpAddress;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nodes. A kubelet registers its node with a status: creation keeps it. */
final class NodeStrategy implements Strategy {
  /** What an update may change in the spec. */
  private static final List<String> MUTABLE =
      List.of(
          "taints",
          "unschedulable",
          "podCIDR",
          "podCIDRs",
          "providerID",
          "configSource",
          "externalID");

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(object, "spec", NodeStrategy::podCidrs);
  }

  /** {@code podCIDR} is the first of {@code podCIDRs}. */
  private static JsonObject podCidrs(JsonObject spec) {
    String one = spec.string("podCIDR");
    JsonArray all = spec.array("podCIDRs");
    if (all.isEmpty()) {
      return one.isEmpty() ? spec : spec.with("podCIDRs", JsonArray.of(JsonString.of(one)));
    }
    return one.isEmpty() ? spec.with("podCIDR", all.get(0)) : spec;
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(updated, "status", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope node = Scope.of(object, errors);
    Scope spec = node.in("spec");
    taints(spec);
    status(node);
    List<Scope.Item> cidrs = spec.strings("podCIDRs");
    for (Scope.Item cidr : cidrs) {
      spec.format(cidr.path(), cidr.value(), Texts::cidr);
    }
    if (cidrs.size() > 2
        || (cidrs.size() == 2 && isIpv4(cidrs.get(0).value()) == isIpv4(cidrs.get(1).value()))) {
      spec.invalid("podCIDRs", "may specify no more than one CIDR for each IP family");
    }
  }

  private static boolean isIpv4(String cidr) {
    return IpAddress.parse(cidr.substring(0, Math.max(0, cidr.indexOf('/'))))
        .map(IpAddress::isIpv4)
        .orElse(true);
  }

  private static void taints(Scope spec) {
    Set<String> seen = new HashSet<>();
    spec.each(
        "taints",
        taint -> {
          taint.formatEvenEmpty("key", Names::qualifiedName);
          taint.format("value", Names::labelValue);
          if (taint.required("effect")) {
            SchedulingRules.effect(taint);
          }
          if (!seen.add(taint.string("key") + ":" + taint.string("effect"))) {
            taint.errors().duplicate(taint.path(), taint.value());
          }
        });
  }

  /** Addresses and amounts. */
  static void status(Scope node) {
    Scope status = node.in("status");
    Set<JsonObject> addresses = new HashSet<>();
    status.each(
        "addresses",
        address -> {
          if (!addresses.add(address.value())) {
            address.errors().duplicate(address.path(), address.value());
          }
        });
    for (String list : List.of("capacity", "allocatable")) {
      Quantities.list(status.value().object(list))
          .forEach((name, amount) -> {
            FieldPath at = status.at(list).key(name);
            ResourceRules.resourceName(name, at, status.errors());
            Quantities.checkAmount(name, amount, at, status.errors());
          });
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    JsonObject before = current.object("spec");
    if (!before.array("podCIDRs").isEmpty()
        && !before.array("podCIDRs").equals(spec.value().array("podCIDRs"))) {
      spec.forbidden("podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
    }
    if (!before.string("providerID").isEmpty()
        && !before.string("providerID").equals(spec.string("providerID"))) {
      spec.forbidden(
          "providerID", "node updates may not change providerID except from \"\" to valid");
    }
    JsonObject rest = spec.value();
    for (String field : MUTABLE) {
      rest = Trees.keep(rest, field, before);
    }
    if (!Trees.same(rest, before)) {
      errors.forbidden(
          FieldPath.ROOT.key(""), "node updates may only change labels, taints, or capacity");
    }
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    List<String> warnings = new ArrayList<>();
    if (object.object("spec").has("configSource")) {
      warnings.add("spec.configSource: the feature is no longer supported");
    }
    if (object.object("spec").has("externalID")) {
      warnings.add("spec.externalID: this field is deprecated, and is unused by Kubernetes");
    }
    return warnings;
  }
}
