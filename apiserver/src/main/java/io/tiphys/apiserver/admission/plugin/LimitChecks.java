package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.quota.Amounts;
import io.tiphys.apiserver.quota.PodResources;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks one entry of a LimitRange; refusals are in upstream's words. */
record LimitChecks(JsonObject limit, List<String> errors) {

  void pod(JsonObject pod) {
    JsonObject spec = pod.object("spec");
    switch (limit.string("type")) {
      case "Container" -> {
        spec.array("containers").objects().forEach(this::container);
        spec.array("initContainers").objects().forEach(this::container);
      }
      case "Pod" -> {
        Amounts requests = PodResources.stated(pod, "requests");
        Amounts limits = PodResources.stated(pod, "limits");
        check(requests.byName(), limits.byName());
      }
      default -> {}
    }
  }

  private void container(JsonObject container) {
    JsonObject resources = container.object("resources");
    check(quantities(resources.object("requests")), quantities(resources.object("limits")));
  }

  void claim(JsonObject requests) {
    if (limit.string("type").equals("PersistentVolumeClaim")) {
      Map<String, Quantity> asked = quantities(requests);
      limit.object("min").forEach((name, min) -> minimum(name, min, asked, Map.of()));
      limit
          .object("max")
          .forEach((name, max) -> {
            Quantity request = asked.get(name);
            if (request == null) {
              error("maximum", name, max, ".  No request is specified");
            } else if (request.compareTo(Quantity.of(max)) > 0) {
              error("maximum", name, max, ", but request is " + request);
            }
          });
    }
  }

  private void check(Map<String, Quantity> requests, Map<String, Quantity> limits) {
    limit.object("min").forEach((name, min) -> minimum(name, min, requests, limits));
    limit.object("max").forEach((name, max) -> maximum(name, max, requests, limits));
    limit
        .object("maxLimitRequestRatio")
        .forEach((name, max) -> ratio(name, max, requests.get(name), limits.get(name)));
  }

  private void minimum(
      String name, Json min, Map<String, Quantity> requests, Map<String, Quantity> limits) {
    Quantity request = requests.get(name);
    Quantity upper = limits.get(name);
    Quantity bound = Quantity.of(min);
    if (request == null) {
      error("minimum", name, min, ".  No request is specified");
    } else if (request.compareTo(bound) < 0) {
      error("minimum", name, min, ", but request is " + request);
    } else if (upper != null && upper.compareTo(bound) < 0) {
      error("minimum", name, min, ", but limit is " + upper);
    }
  }

  private void maximum(
      String name, Json max, Map<String, Quantity> requests, Map<String, Quantity> limits) {
    Quantity request = requests.get(name);
    Quantity upper = limits.get(name);
    Quantity bound = Quantity.of(max);
    if (upper == null) {
      error("maximum", name, max, ".  No limit is specified");
    } else if (upper.compareTo(bound) > 0) {
      error("maximum", name, max, ", but limit is " + upper);
    } else if (request != null && request.compareTo(bound) > 0) {
      error("maximum", name, max, ", but request is " + request);
    }
  }

  private void ratio(String name, Json max, @Nullable Quantity request, @Nullable Quantity upper) {
    Quantity bound = Quantity.of(max);
    String start =
        name
            + " max limit to request ratio per "
            + limit.string("type")
            + " is "
            + bound
            + ", but ";
    if (request == null || request.isZero()) {
      errors.add(start + "no request is specified or request is 0");
    } else if (upper == null || upper.isZero()) {
      errors.add(start + "no limit is specified or limit is 0");
    } else {
      BigDecimal ratio = upper.amount().divide(request.amount(), MathContext.DECIMAL64);
      if (ratio.compareTo(bound.amount()) > 0) {
        errors.add(
            start + "provided ratio is " + String.format(Locale.ROOT, "%f", ratio.doubleValue()));
      }
    }
  }

  private void error(String which, String name, Json bound, String fault) {
    errors.add(
        which
            + " "
            + name
            + " usage per "
            + limit.string("type")
            + " is "
            + Quantity.of(bound)
            + fault);
  }

  private static Map<String, Quantity> quantities(JsonObject values) {
    Map<String, Quantity> all = new HashMap<>();
    values.forEach((name, value) -> all.put(name, Quantity.of(value)));
    return all;
  }
}
