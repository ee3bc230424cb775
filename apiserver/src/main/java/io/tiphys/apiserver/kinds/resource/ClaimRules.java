package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The spec of a ResourceClaim, alone or in a template. */
final class ClaimRules {
  private static final int MAX_REQUESTS = 32;
  private static final int MAX_ALTERNATIVES = 8;
  private static final String UNKNOWN_REQUEST =
      "must be the name of a request in the claim or the name of a request and a subrequest"
          + " separated by '/'";

  private ClaimRules() {}

  static JsonObject defaults(JsonObject spec) {
    return Trees.change(
        spec,
        "devices",
        devices ->
            Trees.changeEach(
                devices,
                "requests",
                request ->
                    Trees.changeEach(
                        Trees.change(request, "exactly", ClaimRules::counted),
                        "firstAvailable",
                        ClaimRules::counted)));
  }

  private static JsonObject counted(JsonObject request) {
    return request.string("allocationMode").equals("ExactCount") && request.number("count", 0) == 0
        ? request.with("count", JsonNumber.of(1))
        : request;
  }

  static void validate(Scope spec) {
    Scope devices = spec.in("devices");
    Set<String> names = requestNames(devices.value());
    if (Limits.items(devices, "requests", MAX_REQUESTS)) {
      unique(devices, "requests");
      devices.each("requests", ClaimRules::request);
    }
    Limits.items(devices, "constraints", MAX_REQUESTS);
    devices.each("constraints", constraint -> constraint(constraint, names));
    Limits.items(devices, "config", MAX_REQUESTS);
    devices.each(
        "config",
        config -> {
          references(config, names);
          DeviceRules.configuration(config);
        });
  }

  /** The names of requests, and of their alternatives as {@code request/alternative}. */
  static Set<String> requestNames(JsonObject devices) {
    Set<String> names = new HashSet<>();
    for (JsonObject request : devices.array("requests").objects().toList()) {
      String name = request.string("name");
      names.add(name);
      request
          .array("firstAvailable")
          .objects()
          .forEach(alternative -> names.add(name + "/" + alternative.string("name")));
    }
    return names;
  }

  private static void unique(Scope scope, String list) {
    Set<String> seen = new HashSet<>();
    scope.each(
        list,
        item -> {
          if (!seen.add(item.string("name"))) {
            item.errors().duplicate(item.path(), JsonString.of(item.string("name")));
          }
        });
  }

  private static void request(Scope request) {
    request.requiredFormat("name", Names::dnsLabel);
    boolean exactly = request.has("exactly");
    boolean first = request.isSet("firstAvailable");
    if (exactly && first) {
      request
          .errors()
          .invalid(
              request.path(),
              JsonNull.NULL,
              "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are"
                  + " set");
    } else if (exactly) {
      device(request.in("exactly"));
    } else if (first) {
      Limits.items(request, "firstAvailable", MAX_ALTERNATIVES);
      unique(request, "firstAvailable");
      request.each(
          "firstAvailable",
          alternative -> {
            alternative.requiredFormat("name", Names::dnsLabel);
            device(alternative);
          });
    } else {
      request
          .errors()
          .required(request.path(), "exactly one of `exactly` or `firstAvailable` is required");
    }
  }

  private static void device(Scope device) {
    device.requiredFormat("deviceClassName", Names::dnsSubdomain);
    DeviceRules.selectors(device);
    JsonNumber count = JsonNumber.of(device.number("count", 0));
    switch (device.string("allocationMode")) {
      case "All" ->
          device.unless(
              count.longValue() != 0,
              "count",
              "must not be specified when allocationMode is 'All'");
      case "ExactCount" -> {
        if (count.longValue() <= 0) {
          device.errors().invalid(device.at("count"), count, "must be greater than zero");
        }
      }
      default -> Limits.supported(device, "allocationMode", List.of("All", "ExactCount"));
    }
    device.each("tolerations", DeviceRules::toleration);
  }

  private static void constraint(Scope constraint, Set<String> names) {
    references(constraint, names);
    if (constraint.has("matchAttribute")) {
      constraint.formatEvenEmpty("matchAttribute", DeviceRules::fullyQualified);
    } else if (constraint.has("distinctAttribute")) {
      constraint.formatEvenEmpty("distinctAttribute", DeviceRules::fullyQualified);
    } else {
      constraint.errors().required(constraint.at("matchAttribute"), "");
    }
  }

  private static void references(Scope scope, Set<String> names) {
    Limits.items(scope, "requests", MAX_REQUESTS);
    Limits.distinct(scope, "requests");
    for (Scope.Item name : scope.strings("requests")) {
      reference(scope, name.path(), name.value(), names);
    }
  }

  /** The name of a request of the claim, or of an alternative. */
  static void reference(Scope scope, FieldPath path, String name, Set<String> names) {
    if (!names.contains(name)) {
      scope.errors().invalid(path, JsonString.of(name), UNKNOWN_REQUEST);
    }
  }
}
