package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.Conditions;
import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who uses a claim, and which devices it got. */
final class ClaimStatusRules {
  private static final int MAX_USERS = 256;
  private static final int MAX_RESULTS = 32;

  private ClaimStatusRules() {}

  static void validate(Scope updated, JsonObject current) {
    Scope status = updated.in("status");
    JsonObject before = current.object("status");
    Limits.items(status, "reservedFor", MAX_USERS);
    Set<String> users = new HashSet<>();
    status.each(
        "reservedFor",
        user -> {
          user.required("resource");
          user.required("name");
          user.required("uid");
          if (!users.add(user.string("uid"))) {
            user.errors().duplicate(user.path(), JsonString.of(user.string("uid")));
          }
        });
    status.each(
        "devices",
        device -> {
          DeviceRules.driver(device);
          DeviceRules.pool(device, "pool");
          device.requiredFormat("device", Names::dnsLabel);
          Conditions.check(device, "conditions");
        });
    reservations(updated, status, before);
    if (status.has("allocation")) {
      if (before.has("allocation")) {
        status.immutable("allocation", before);
      } else {
        allocation(
            status.in("allocation").in("devices"),
            ClaimRules.requestNames(updated.value().object("spec").object("devices")));
      }
    }
  }

  private static void reservations(Scope updated, Scope status, JsonObject before) {
    if (!status.isSet("reservedFor")) {
      return;
    }
    if (!status.has("allocation")) {
      status.forbidden("reservedFor", "may not be specified when `allocated` is not set");
    } else if (updated.value().object("metadata").has("deletionTimestamp")) {
      List<Json> old = before.array("reservedFor").list();
      if (!old.containsAll(status.value().array("reservedFor").list())) {
        status.forbidden(
            "reservedFor",
            "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are"
                + " set");
      }
    }
  }

  private static void allocation(Scope devices, Set<String> requests) {
    Limits.items(devices, "results", MAX_RESULTS);
    devices.each(
        "results",
        result -> {
          ClaimRules.reference(result, result.at("request"), result.string("request"), requests);
          DeviceRules.driver(result);
          DeviceRules.pool(result, "pool");
          result.requiredFormat("device", Names::dnsLabel);
        });
    Limits.items(devices, "config", 2 * MAX_RESULTS);
    devices.each(
        "config",
        config -> {
          config.requiredOneOf("source", Set.of("FromClass", "FromClaim"));
          DeviceRules.configuration(config);
        });
  }
}
