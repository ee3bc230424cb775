package io.tiphys.apiserver.allocation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the node ports of a service, its health check's included. */
record PortChoice(Taken taken) {
  private static final String NODE_PORT = "nodePort";
  private static final String HEALTH_PORT = "healthCheckNodePort";

  /** The node ports that a service holds. */
  static Set<Integer> used(JsonObject spec) {
    Set<Integer> used = new HashSet<>();
    spec.array("ports")
        .objects()
        .map(p -> (int) p.number(NODE_PORT, 0))
        .filter(p -> p > 0)
        .forEach(used::add);
    int health = (int) spec.number(HEALTH_PORT, 0);
    if (health > 0) {
      used.add(health);
    }
    return used;
  }

  JsonObject apply(JsonObject spec, JsonObject before, FieldErrors errors) {
    Set<Integer> held = used(before);
    JsonObject chosen = needsPorts(spec) ? withNodePorts(spec, held, errors) : spec;
    return needsHealthPort(spec) ? withHealthPort(chosen, held, errors) : chosen;
  }

  private static boolean needsPorts(JsonObject spec) {
    return spec.string("type").equals("NodePort") || spec.string("type").equals("LoadBalancer");
  }

  /** A load balancer may do without node ports; then only those asked for are taken. */
  private static boolean onlyAsked(JsonObject spec) {
    return spec.string("type").equals("LoadBalancer")
        && spec.has("allocateLoadBalancerNodePorts")
        && !spec.bool("allocateLoadBalancerNodePorts");
  }

  private static boolean needsHealthPort(JsonObject spec) {
    return spec.string("type").equals("LoadBalancer")
        && spec.string("externalTrafficPolicy").equals("Local");
  }

  /** One number may serve several protocols of one service port. */
  private JsonObject withNodePorts(JsonObject spec, Set<Integer> held, FieldErrors errors) {
    Set<Integer> mine = new HashSet<>();
    Map<Long, Integer> byServicePort = new HashMap<>();
    List<Json> all = new ArrayList<>();
    JsonArray asked = spec.array("ports");
    for (int i = 0; i < asked.size(); i++) {
      JsonObject port = (JsonObject) asked.get(i);
      long servicePort = port.number("port", 0);
      int number = (int) port.number(NODE_PORT, 0);
      try {
        if (number == 0 && !onlyAsked(spec)) {
          Integer shared = byServicePort.get(servicePort);
          number = shared == null ? taken.nextPort() : shared;
        } else if (number != 0 && !held.contains(number) && !mine.contains(number)) {
          taken.port(number);
        }
      } catch (AllocationException e) {
        FieldPath path = FieldPath.of("spec", "ports").index(i).child(NODE_PORT);
        errors.invalid(path, JsonNumber.of(number), e.getMessage());
        return spec;
      }
      if (number != 0) {
        mine.add(number);
        byServicePort.put(servicePort, number);
        port = port.with(NODE_PORT, number);
      }
      all.add(port);
    }
    return spec.with("ports", JsonArray.of(all));
  }

  private JsonObject withHealthPort(JsonObject spec, Set<Integer> held, FieldErrors errors) {
    int asked = (int) spec.number(HEALTH_PORT, 0);
    try {
      if (asked == 0) {
        return spec.with(HEALTH_PORT, taken.nextPort());
      }
      if (!held.contains(asked)) {
        taken.port(asked);
      }
      return spec;
    } catch (AllocationException e) {
      errors.invalid(
          FieldPath.of("spec", HEALTH_PORT),
          JsonNumber.of(asked),
          "failed to allocate requested HealthCheck NodePort " + asked + ": " + e.getMessage());
      return spec;
    }
  }
}
