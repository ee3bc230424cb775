package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.IpAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pods' {@code status} subresource. */
final class PodStatusStrategy implements Strategy {

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    JsonObject metadata =
        Trees.keep(updated.object("metadata"), "ownerReferences", current.object("metadata"));
    JsonObject before = current.object("status");
    JsonObject status = samePodIp(updated.object("status"), before);
    if (!before.string("qosClass").isEmpty()) {
      status = Trees.keep(status, "qosClass", before);
    }
    return current.with("metadata", metadata).with("status", status);
  }

  /** {@code podIP} and the first of {@code podIPs} are one; who sets one means both. */
  private static JsonObject samePodIp(JsonObject status, JsonObject before) {
    String ip = status.string("podIP");
    String first = status.array("podIPs").objects().findFirst().map(o -> o.string("ip")).orElse("");
    if (ip.equals(first)) {
      return status;
    }
    boolean ipIsNew = !ip.equals(before.string("podIP"));
    if (ip.isEmpty() || (!first.isEmpty() && !ipIsNew)) {
      return first.isEmpty() ? status : status.with("podIP", first);
    }
    return status.with("podIPs", JsonArray.of(JsonObject.of("ip", ip)));
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope status = Scope.of(updated, errors).in("status");
    addresses(status, "podIPs");
    addresses(status, "hostIPs");
    String policy = updated.object("spec").string("restartPolicy");
    noRevival(status, current.object("status"), updated.object("spec"), policy);
    conditions(status);
  }

  private static void conditions(Scope status) {
    if (status.isSet("nominatedNodeName")) {
      status.format("nominatedNodeName", Texts::objectName);
    }
    status.each(
        "conditions",
        condition -> {
          condition.required("type");
          condition.required("status");
        });
  }

  private static void addresses(Scope status, String list) {
    Set<Boolean> families = new HashSet<>();
    Set<String> seen = new HashSet<>();
    status.each(
        list,
        item -> {
          String ip = item.string("ip");
          if (!item.format(item.path(), ip, Texts::ip)) {
            return;
          }
          if (!seen.add(ip)) {
            item.errors().duplicate(item.path(), JsonString.of(ip));
          } else {
            boolean v4 = IpAddress.parse(ip).map(IpAddress::isIpv4).orElse(true);
            if (!families.add(v4)) {
              status
                  .errors()
                  .invalid(
                      status.at(list),
                      status.value().array(list),
                      "may specify no more than one IP for each IP family");
            }
          }
        });
  }

  /** A container that ended and may not restart stays ended. */
  private static void noRevival(Scope status, JsonObject before, JsonObject spec, String policy) {
    if (policy.equals("Always")) {
      return;
    }
    Map<String, JsonObject> containers = Trees.byKey(spec.array("containers"), "name");
    Set<String> ended =
        before
            .array("containerStatuses")
            .objects()
            .filter(old -> old.object("state").has("terminated"))
            .filter(old -> policy.equals("Never") || exitCode(old) == 0)
            .map(old -> old.string("name"))
            .filter(name -> !hasOwnPolicy(containers.get(name)))
            .collect(Collectors.toSet());
    status.each(
        "containerStatuses",
        container -> {
          if (ended.contains(container.string("name"))
              && !container.in("state").has("terminated")) {
            container.forbidden("state", "may not be transitioned to non-terminated state");
          }
        });
  }

  private static boolean hasOwnPolicy(@Nullable JsonObject container) {
    return container != null
        && (container.has("restartPolicy") || container.has("restartPolicyRules"));
  }

  private static long exitCode(JsonObject status) {
    return status.object("state").object("terminated").number("exitCode", 0);
  }
}
