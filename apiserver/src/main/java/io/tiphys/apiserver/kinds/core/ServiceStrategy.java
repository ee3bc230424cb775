package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Services. Cluster IPs, node ports and IP families are the allocators'. */
final class ServiceStrategy implements Strategy {
  private static final int AFFINITY_SECONDS = 10_800;

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(object, "spec", ServiceStrategy::defaultSpec);
  }

  private static JsonObject defaultSpec(JsonObject spec) {
    JsonObject result = affinity(spec);
    result =
        Trees.changeEach(
            result,
            "ports",
            port -> {
              Json target = port.get("targetPort");
              Json number = port.get("port");
              return (target == null || target.isZero()) && number != null
                  ? port.with("targetPort", number)
                  : port;
            });
    ServiceShape shape = new ServiceShape(result);
    if (shape.isExternallyAccessible()) {
      result = Trees.setIfEmpty(result, "externalTrafficPolicy", "Cluster");
    }
    if (shape.needsClusterIp()) {
      result = Trees.setIfEmpty(result, "internalTrafficPolicy", "Cluster");
    }
    return shape.isLoadBalancer()
        ? Trees.setIfAbsent(result, "allocateLoadBalancerNodePorts", JsonBool.TRUE)
        : result;
  }

  private static JsonObject affinity(JsonObject spec) {
    return switch (spec.string("sessionAffinity")) {
      case "None" -> spec.without("sessionAffinityConfig");
      case "ClientIP" ->
          spec.object("sessionAffinityConfig").object("clientIP").has("timeoutSeconds")
              ? spec
              : spec.withAt(
                  JsonNumber.of(AFFINITY_SECONDS),
                  "sessionAffinityConfig",
                  "clientIP",
                  "timeoutSeconds");
      default -> spec;
    };
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    JsonObject status = JsonObject.of("loadBalancer", JsonObject.EMPTY);
    JsonObject spec = object.object("spec");
    String ip = spec.string("clusterIP");
    if (!ip.isEmpty() && spec.array("clusterIPs").isEmpty()) {
      spec = spec.with("clusterIPs", JsonArray.of(JsonString.of(ip)));
    }
    return object.with("spec", spec).with("status", status);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    JsonObject spec = ServiceTransitions.apply(updated.object("spec"), current.object("spec"));
    return Trees.keep(updated.with("spec", spec), "status", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    ServiceRules.validate(object, errors);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    ServiceRules.validateUpdate(updated, current, errors);
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return ServiceRules.warnings(object);
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public List<String> nameErrors(String name, boolean prefix) {
    // Since 1.36 (KEP-5311) a name may begin with a digit.
    return Names.dnsLabel(
        prefix && name.endsWith("-") ? name.substring(0, name.length() - 1) + "a" : name);
  }
}
