package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import java.util.List;

/** What controllers may report in the status of their workloads. */
final class StatusRules {
  private static final String MORE_THAN_ALL = "cannot be greater than status.replicas";

  private StatusRules() {}

  static void deployment(Scope updated, JsonObject current) {
    Scope status = updated.in("status");
    counters(
        status,
        "observedGeneration",
        "replicas",
        "updatedReplicas",
        "readyReplicas",
        "availableReplicas",
        "unavailableReplicas",
        "terminatingReplicas",
        "collisionCount");
    for (String part : List.of("updatedReplicas", "readyReplicas", "availableReplicas")) {
      atMost(status, part, "replicas", MORE_THAN_ALL);
    }
    atMost(status, "availableReplicas", "readyReplicas", "cannot be greater than readyReplicas");
    collisions(status, current);
  }

  static void replicaSet(Scope updated, JsonObject current) {
    Scope status = updated.in("status");
    counters(
        status,
        "replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas",
        "terminatingReplicas",
        "observedGeneration");
    for (String part : List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas")) {
      atMost(status, part, "replicas", MORE_THAN_ALL);
    }
    atMost(status, "availableReplicas", "readyReplicas", "cannot be greater than readyReplicas");
  }

  static void statefulSet(Scope updated, JsonObject current) {
    Scope status = updated.in("status");
    counters(
        status,
        "replicas",
        "readyReplicas",
        "currentReplicas",
        "updatedReplicas",
        "availableReplicas",
        "observedGeneration",
        "collisionCount");
    for (String part :
        List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas")) {
      atMost(status, part, "replicas", MORE_THAN_ALL);
    }
    atMost(
        status,
        "availableReplicas",
        "readyReplicas",
        "cannot be greater than status.readyReplicas");
    collisions(status, current);
  }

  static void daemonSet(Scope updated, JsonObject current) {
    Scope status = updated.in("status");
    counters(
        status,
        "currentNumberScheduled",
        "numberMisscheduled",
        "desiredNumberScheduled",
        "numberReady",
        "observedGeneration",
        "updatedNumberScheduled",
        "numberAvailable",
        "numberUnavailable",
        "collisionCount");
    collisions(status, current);
  }

  private static void counters(Scope status, String... fields) {
    for (String field : fields) {
      status.nonNegative(field);
    }
  }

  private static void atMost(Scope status, String part, String whole, String detail) {
    status.check(part, n -> n <= status.number(whole, 0), detail);
  }

  private static void collisions(Scope status, JsonObject current) {
    long before = current.object("status").number("collisionCount", 0);
    long after = status.number("collisionCount", 0);
    if (after < before) {
      status
          .errors()
          .invalid(status.at("collisionCount"), JsonNumber.of(after), "cannot be decremented");
    }
  }
}
