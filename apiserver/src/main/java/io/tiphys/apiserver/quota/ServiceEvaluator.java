package io.tiphys.apiserver.quota;

import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.quantity.Quantity;
import java.util.Map;
import java.util.Set;

/** Counts services, those with load balancers, and node ports. */
final class ServiceEvaluator implements Evaluator {
  private static final Set<String> NAMES =
      Set.of("services", "services.nodeports", "services.loadbalancers", "count/services");

  @Override
  public GroupResource resource() {
    return new GroupResource("", "services");
  }

  @Override
  public boolean measures(String name) {
    return NAMES.contains(name);
  }

  /** A service's type can change. */
  @Override
  public boolean charges(boolean creation, String subresource) {
    return subresource.isEmpty();
  }

  @Override
  public Amounts usage(JsonObject service) {
    JsonObject spec = service.object("spec");
    boolean balanced = spec.string("type").equals("LoadBalancer");
    return Amounts.of(
        Map.of(
            "services",
            Quantity.of(1),
            "count/services",
            Quantity.of(1),
            "services.loadbalancers",
            Quantity.of(balanced ? 1 : 0),
            "services.nodeports",
            Quantity.of(nodePorts(spec))));
  }

  private static long nodePorts(JsonObject spec) {
    boolean onDemand = spec.get("allocateLoadBalancerNodePorts") == JsonBool.FALSE;
    return switch (spec.string("type")) {
      case "NodePort" -> spec.array("ports").size();
      case "LoadBalancer" ->
          spec.array("ports")
              .objects()
              .filter(p -> !onDemand || p.number("nodePort", 0) > 0)
              .count();
      default -> 0;
    };
  }
}
