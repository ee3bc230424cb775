package io.tiphys.apiserver.kinds.core;

import io.tiphys.model.json.JsonObject;

/** What a service of some type has and needs. */
record ServiceShape(JsonObject spec) {

  String type() {
    return spec.string("type");
  }

  boolean isLoadBalancer() {
    return type().equals("LoadBalancer");
  }

  boolean isExternalName() {
    return type().equals("ExternalName");
  }

  boolean isHeadless() {
    return spec.string("clusterIP").equals("None")
        || spec.array("clusterIPs").strings().findFirst().filter("None"::equals).isPresent();
  }

  boolean needsClusterIp() {
    return switch (type()) {
      case "ClusterIP", "NodePort", "LoadBalancer" -> true;
      default -> false;
    };
  }

  boolean needsNodePorts() {
    return type().equals("NodePort")
        || (isLoadBalancer()
            && (!spec.has("allocateLoadBalancerNodePorts")
                || spec.bool("allocateLoadBalancerNodePorts")));
  }

  boolean isExternallyAccessible() {
    return isLoadBalancer()
        || type().equals("NodePort")
        || (type().equals("ClusterIP") && !spec.array("externalIPs").isEmpty());
  }

  boolean needsHealthCheckPort() {
    return isLoadBalancer() && spec.string("externalTrafficPolicy").equals("Local");
  }
}
