package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pod's quality of service, as its containers' requests and limits of cpu and memory make it
 * (Kubernetes documentation, "Pod Quality of Service Classes").
 */
public enum QosClass {
  GUARANTEED("Guaranteed"),
  BURSTABLE("Burstable"),
  BEST_EFFORT("BestEffort");

  private static final List<String> COUNTED = List.of("cpu", "memory");

  private final String text;

  QosClass(String text) {
    this.text = text;
  }

  /** As in {@code status.qosClass}. */
  public String text() {
    return text;
  }

  public static QosClass of(JsonObject spec) {
    List<JsonObject> resources =
        spec.object("resources").isEmpty()
            ? Stream.of("containers", "initContainers")
                .flatMap(list -> spec.array(list).objects())
                .map(container -> container.object("resources"))
                .toList()
            : List.of(spec.object("resources"));
    Map<String, Quantity> requests = new HashMap<>();
    Map<String, Quantity> limits = new HashMap<>();
    boolean allLimited = true;
    for (JsonObject each : resources) {
      add(requests, each.object("requests"));
      allLimited &= add(limits, each.object("limits")) == COUNTED.size();
    }
    if (requests.isEmpty() && limits.isEmpty()) {
      return BEST_EFFORT;
    }
    return allLimited && requests.equals(limits) ? GUARANTEED : BURSTABLE;
  }

  /** Adds what counts; returns how many of the counted resources there were. */
  private static int add(Map<String, Quantity> sum, JsonObject list) {
    int found = 0;
    for (String name : COUNTED) {
      Quantity amount = Quantities.of(list.get(name)).orElse(Quantity.ZERO);
      if (amount.sign() > 0) {
        sum.merge(name, amount, Quantity::plus);
        found++;
      }
    }
    return found;
  }
}
