package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an update of a service does to allocated values that its author left alone: they stay where
 * they are needed still, and go where another type does not know them.
 */
final class ServiceTransitions {
  private static final List<String> CLUSTER_IP_FIELDS =
      List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");

  private ServiceTransitions() {}

  static JsonObject apply(JsonObject updated, JsonObject current) {
    return keepAllocated(dropForeign(clusterIps(updated, current), current), current);
  }

  /** {@code clusterIP} is the first of {@code clusterIPs}: who changes only one means both. */
  private static JsonObject clusterIps(JsonObject updated, JsonObject current) {
    String before = current.string("clusterIP");
    String now = updated.string("clusterIP");
    if (now.equals(before)) {
      return updated;
    }
    JsonArray list = updated.array("clusterIPs");
    boolean sameList = list.equals(current.array("clusterIPs"));
    if (now.isEmpty()) {
      return sameList ? updated.without("clusterIPs") : updated;
    }
    if (list.isEmpty() || (sameList && list.size() == 1)) {
      return updated.with("clusterIPs", JsonArray.of(JsonString.of(now)));
    }
    return sameList ? updated.with("clusterIPs", list.with(0, JsonString.of(now))) : updated;
  }

  private static JsonObject dropForeign(JsonObject updated, JsonObject current) {
    ServiceShape before = new ServiceShape(current);
    ServiceShape now = new ServiceShape(updated);
    JsonObject result = updated;
    if (before.type().equals(now.type())
        && before.needsHealthCheckPort() == now.needsHealthCheckPort()
        && before.needsNodePorts() == now.needsNodePorts()) {
      return result;
    }
    if (before.needsClusterIp() && !now.needsClusterIp()) {
      for (String field : CLUSTER_IP_FIELDS) {
        result = dropIfSame(result, field, current);
      }
    }
    if (!before.type().equals(now.type())
        && before.needsNodePorts()
        && !now.needsNodePorts()
        && nodePorts(current).equals(nodePorts(updated))) {
      result = Trees.changeEach(result, "ports", port -> port.without("nodePort"));
    }
    if (before.needsHealthCheckPort() && !now.needsHealthCheckPort()) {
      result = dropIfSame(result, "healthCheckNodePort", current);
    }
    if (before.isLoadBalancer() && !now.isLoadBalancer()) {
      result = dropIfSame(result, "allocateLoadBalancerNodePorts", current);
      result = dropIfSame(result, "loadBalancerClass", current);
    }
    if (before.isExternallyAccessible() && !now.isExternallyAccessible()) {
      result = dropIfSame(result, "externalTrafficPolicy", current);
    }
    if (before.needsClusterIp() && !now.needsClusterIp()) {
      result = dropIfSame(result, "internalTrafficPolicy", current);
    }
    return result;
  }

  private static JsonObject dropIfSame(JsonObject updated, String field, JsonObject current) {
    return Trees.same(updated.get(field), current.get(field)) ? updated.without(field) : updated;
  }

  private static JsonObject keepAllocated(JsonObject updated, JsonObject current) {
    ServiceShape before = new ServiceShape(current);
    ServiceShape now = new ServiceShape(updated);
    JsonObject result = updated;
    if (before.needsClusterIp() && now.needsClusterIp()) {
      if (result.string("clusterIP").isEmpty()) {
        result = Trees.keep(result, "clusterIP", current);
      }
      if (result.array("clusterIPs").isEmpty()
          && result.string("clusterIP").equals(current.string("clusterIP"))) {
        result = Trees.keep(result, "clusterIPs", current);
      }
    }
    if (before.needsNodePorts() && now.needsNodePorts()) {
      Map<String, Json> ports = nodePorts(current);
      result =
          Trees.changeEach(
              result,
              "ports",
              port -> {
                Json allocated = ports.get(key(port));
                return port.number("nodePort", 0) == 0 && allocated != null
                    ? port.with("nodePort", allocated)
                    : port;
              });
    }
    if (before.needsHealthCheckPort()
        && now.needsHealthCheckPort()
        && result.number("healthCheckNodePort", 0) == 0) {
      result = Trees.keep(result, "healthCheckNodePort", current);
    }
    return result;
  }

  private static String key(JsonObject port) {
    return port.string("protocol") + "/" + port.number("port", 0);
  }

  private static Map<String, Json> nodePorts(JsonObject spec) {
    Map<String, Json> ports = new HashMap<>();
    spec.array("ports")
        .objects()
        .filter(port -> port.number("nodePort", 0) != 0)
        .forEach(port -> ports.put(key(port), port.value(port.indexOf("nodePort"))));
    return ports;
  }
}
