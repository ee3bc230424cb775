package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** ResourceSlices: the devices of a pool that a driver offers, on one node or several. */
final class SliceStrategy implements Strategy {
  private static final int MAX_DEVICES = 128;
  private static final int MAX_COUNTER_SETS = 8;
  private static final int MAX_ATTRIBUTES_AND_CAPACITIES = 32;
  private static final int MAX_TAINTS = 16;
  private static final int MAX_STRING = 64;
  private static final String WHERE =
      "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

  private static final String VERSION_PART = "(0|[1-9]\\d*)";
  private static final String PRERELEASE = "(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";

  /** semver.org, version 2.0.0. */
  private static final Pattern VERSION =
      Pattern.compile(
          "%1$s\\.%1$s\\.%1$s(-%2$s(\\.%2$s)*)?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?"
              .formatted(VERSION_PART, PRERELEASE));

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    DeviceRules.driver(spec);
    Scope pool = spec.in("pool");
    DeviceRules.pool(pool, "name");
    if (pool.number("resourceSliceCount", 0) <= 0) {
      errors.invalid(
          pool.at("resourceSliceCount"),
          JsonNumber.of(pool.number("resourceSliceCount", 0)),
          "must be greater than zero");
    }
    pool.check("generation", n -> n >= 0, "must be greater than or equal to zero");
    where(spec);
    if (spec.has("sharedCounters") && spec.has("devices")) {
      errors.invalid(
          spec.path(), JsonString.EMPTY, "only one of `sharedCounters` or `devices` is allowed");
    }
    if (Limits.items(spec, "devices", MAX_DEVICES)) {
      devices(spec);
    }
    Limits.items(spec, "sharedCounters", MAX_COUNTER_SETS);
    spec.unique("sharedCounters", "name");
    spec.each(
        "sharedCounters",
        counters -> {
          counters.requiredFormat("name", Names::dnsLabel);
          counters.required("counters");
        });
  }

  private static void where(Scope spec) {
    List<String> set = new ArrayList<>();
    if (spec.has("nodeName")) {
      if (spec.isSet("nodeName")) {
        set.add("`nodeName`");
        spec.format("nodeName", Names::dnsSubdomain);
      } else {
        spec.invalid("nodeName", "must be either unset or set to a non-empty string");
      }
    }
    if (spec.has("nodeSelector")) {
      set.add("`nodeSelector`");
      Scope selector = spec.in("nodeSelector");
      selector.unless(
          selector.value().array("nodeSelectorTerms").size() != 1,
          "nodeSelectorTerms",
          "must have exactly one node selector term");
    }
    for (String field : List.of("allNodes", "perDeviceNodeSelection")) {
      if (spec.value().bool(field)) {
        set.add("`" + field + "`");
      } else {
        spec.unless(spec.has(field), field, "must be either unset or set to true");
      }
    }
    if (set.isEmpty()) {
      spec.errors().required(spec.path(), WHERE);
    } else if (set.size() > 1) {
      spec.errors()
          .invalid(
              spec.path(),
              JsonString.of("{" + String.join(", ", set) + "}"),
              WHERE + ", but multiple fields are set");
    }
  }

  private static void devices(Scope spec) {
    boolean placedEach = spec.value().bool("perDeviceNodeSelection");
    Set<String> names = new HashSet<>();
    spec.each(
        "devices",
        device -> {
          device.requiredFormat("name", Names::dnsLabel);
          if (!names.add(device.string("name"))) {
            device.errors().duplicate(device.path(), JsonString.of(device.string("name")));
          }
          device(device);
          placement(device, placedEach);
        });
  }

  private static void device(Scope device) {
    JsonObject attributes = device.value().object("attributes");
    JsonObject capacity = device.value().object("capacity");
    int size = attributes.size() + capacity.size();
    if (size > MAX_ATTRIBUTES_AND_CAPACITIES) {
      device
          .errors()
          .invalid(
              device.path(),
              JsonNumber.of(size),
              "the total number of attributes and capacities must not exceed "
                  + MAX_ATTRIBUTES_AND_CAPACITIES);
    }
    attributes.forEach((name, value) -> {
      device.format(device.at("attributes").key(name), name, DeviceRules::qualified);
      if (value instanceof JsonObject attribute) {
        attribute(new Scope(attribute, device.at("attributes").key(name), device.errors()));
      }
    });
    capacity.forEach(
        (name, _) -> device.format(device.at("capacity").key(name), name, DeviceRules::qualified));
    Limits.items(device, "taints", MAX_TAINTS);
    device.each(
        "taints",
        taint -> {
          taint.formatEvenEmpty("key", Names::qualifiedName);
          taint.format("value", Names::labelValue);
          taint.requiredOneOf("effect", Set.of("NoSchedule", "NoExecute", "None"));
        });
  }

  private static void attribute(Scope attribute) {
    if (attribute.value().size() != 1) {
      attribute
          .errors()
          .invalid(
              attribute.path(),
              attribute.value().isEmpty() ? JsonString.EMPTY : attribute.value(),
              "exactly one value must be specified");
    }
    Limits.bytes(attribute, "string", MAX_STRING);
    if (attribute.has("version")) {
      attribute.unless(
          !VERSION.matcher(attribute.string("version")).matches(),
          "version",
          "must be a string compatible with semver.org spec 2.0.0");
      Limits.bytes(attribute, "version", MAX_STRING);
    }
  }

  private static void placement(Scope device, boolean placedEach) {
    long set = List.of("nodeName", "nodeSelector", "allNodes").stream().filter(device::has).count();
    String one =
        "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
            + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    if (!placedEach && set > 0) {
      device
          .errors()
          .invalid(
              device.path(),
              JsonNull.NULL,
              "`nodeName`, `nodeSelector` and `allNodes` can only be set if"
                  + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec");
    } else if (placedEach && set == 0) {
      device.errors().required(device.path(), one);
    } else if (placedEach && set > 1) {
      device.errors().invalid(device.path(), device.value(), one);
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    JsonObject before = current.object("spec");
    spec.in("pool").immutable("name", before.object("pool"));
    spec.immutable("driver", before);
    spec.immutable("nodeName", before);
  }
}
