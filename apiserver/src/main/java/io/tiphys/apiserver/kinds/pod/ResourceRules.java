package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Requests and limits, of containers and of pods as a whole. */
public final class ResourceRules {
  private static final List<String> POD_LEVEL = List.of("cpu", "hugepages-", "memory");

  private ResourceRules() {}

  /** The {@code resources} of a container. */
  static void container(Scope resources, Set<String> podClaims) {
    claims(resources, podClaims);
    requirements(resources, ResourceRules::containerResourceName);
  }

  /** Names, amounts, and requests within limits; for claims' {@code resources} too. */
  static void requirements(Scope resources, NameCheck names) {
    JsonObject limitsJson = resources.value().object("limits");
    Map<String, Quantity> limits = Quantities.list(limitsJson);
    Map<String, Quantity> requests = Quantities.list(resources.value().object("requests"));
    amounts(limits, resources.at("limits"), names, resources.errors());
    FieldPath at = resources.at("requests");
    amounts(requests, at, names, resources.errors());
    requests.forEach((name, request) -> {
      Quantity limit = limits.get(name);
      if (limit == null) {
        if (!ResourceNames.mayOvercommit(name)) {
          resources
              .errors()
              .required(
                  resources.at("limits"), "Limit must be set for non overcommitable resources");
        }
      } else if (ResourceNames.mayOvercommit(name) && request.compareTo(limit) > 0) {
        String detail = "must be less than or equal to " + name + " limit of " + limit;
        resources.errors().invalid(at, Quantities.json(request), detail);
      } else if (!ResourceNames.mayOvercommit(name) && !request.equals(limit)) {
        String detail = "must be equal to " + name + " limit of " + limit;
        resources.errors().invalid(at, Quantities.json(request), detail);
      }
    });
    hugePages(resources, limits, requests);
  }

  /** Checks the name of a resource. */
  @FunctionalInterface
  interface NameCheck {
    void check(String name, FieldPath path, FieldErrors errors);
  }

  private static void amounts(
      Map<String, Quantity> list, FieldPath path, NameCheck names, FieldErrors errors) {
    list.forEach((name, amount) -> {
      FieldPath at = path.key(name);
      names.check(name, at, errors);
      Quantities.checkAmount(name, amount, at, errors);
    });
  }

  private static void hugePages(
      Scope resources, Map<String, Quantity> limits, Map<String, Quantity> requests) {
    Set<String> all = new HashSet<>(limits.keySet());
    all.addAll(requests.keySet());
    if (all.stream().anyMatch(ResourceNames::isHugePages)
        && !all.contains("cpu")
        && !all.contains("memory")) {
      resources
          .errors()
          .add(FieldError.forbidden(resources.path(), "HugePages require cpu or memory"));
    }
  }

  /** A name that a container's requests and limits may have. */
  public static void containerResourceName(String name, FieldPath path, FieldErrors errors) {
    List<String> faults = Names.qualifiedName(name);
    faults.forEach(fault -> errors.invalid(path, JsonString.of(name), fault));
    if (!faults.isEmpty()) {
      return;
    }
    if (!name.contains("/")) {
      if (!ResourceNames.isStandardForContainers(name)) {
        errors.invalid(path, JsonString.of(name), "must be a standard resource for containers");
      }
    } else if (!ResourceNames.isNative(name) && !ResourceNames.isExtended(name)) {
      errors.invalid(path, JsonString.of(name), "doesn't follow extended resource name standard");
    }
  }

  /** A name of any resource: a node's capacity, an overhead. */
  public static void resourceName(String name, FieldPath path, FieldErrors errors) {
    List<String> faults = Names.qualifiedName(name);
    faults.forEach(fault -> errors.invalid(path, JsonString.of(name), fault));
    if (faults.isEmpty() && !name.contains("/") && !ResourceNames.isStandard(name)) {
      errors.invalid(
          path, JsonString.of(name), "must be a standard resource type or fully qualified");
    }
  }

  private static void claims(Scope resources, Set<String> podClaims) {
    JsonArray claims = resources.value().array("claims");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      if (!(claims.get(i) instanceof JsonObject claim)) {
        continue;
      }
      FieldPath at = resources.at("claims").index(i);
      String name = claim.string("name");
      String request = claim.string("request");
      JsonString full = JsonString.of(request.isEmpty() ? name : name + "/" + request);
      if (name.isEmpty()) {
        resources.errors().required(at, "");
        continue;
      }
      if (!seen.add(full.value()) || (!request.isEmpty() && seen.contains(name))) {
        resources.errors().duplicate(at, full);
      }
      if (!podClaims.contains(name)) {
        resources.errors().add(FieldError.notFound(at, full));
      }
    }
  }

  /** The {@code resources} of the pod as a whole, beside those of its containers. */
  static void pod(Scope spec) {
    spec.with(
        "resources",
        resources -> {
          requirements(
              resources,
              (name, path, errors) -> {
                if (!isPodLevel(name)) {
                  errors.notSupported(path, JsonString.of(name), POD_LEVEL);
                }
              });
          if (resources.isSet("claims")) {
            resources.forbidden("claims", "claims may not be set for Resources at pod-level");
          }
          aggregates(spec, resources);
        });
  }

  static boolean isPodLevel(String name) {
    return name.equals("cpu") || name.equals("memory") || ResourceNames.isHugePages(name);
  }

  private static void aggregates(Scope spec, Scope resources) {
    Map<String, Quantity> sums = containerRequests(spec.value());
    Quantities.list(resources.value().object("requests"))
        .forEach((name, request) -> {
          Quantity sum = sums.get(name);
          if (sum != null && sum.compareTo(request) > 0) {
            resources
                .errors()
                .invalid(
                    resources.at("requests").key(name),
                    Quantities.json(request),
                    "must be greater than or equal to aggregate container requests of " + sum);
          }
        });
    Map<String, Quantity> limits = Quantities.list(resources.value().object("limits"));
    spec.each(
        "containers",
        container ->
            Quantities.list(container.value().object("resources").object("limits"))
                .forEach((name, limit) -> {
                  Quantity all = limits.get(name);
                  if (all != null && limit.compareTo(all) > 0) {
                    container
                        .errors()
                        .invalid(
                            container.in("resources").at("limits").key(name),
                            Quantities.json(limit),
                            "must be less than or equal to pod limits of " + all);
                  }
                }));
  }

  /**
   * What the containers request together: all regular and sidecar containers, or what the hungriest
   * init container needs beside the sidecars before it, whichever is more.
   */
  static Map<String, Quantity> containerRequests(JsonObject spec) {
    Map<String, Quantity> sum = new TreeMap<>();
    spec.array("containers").objects().forEach(c -> add(sum, requests(c)));
    Map<String, Quantity> sidecars = new TreeMap<>();
    Map<String, Quantity> most = new TreeMap<>();
    for (JsonObject init : spec.array("initContainers").objects().toList()) {
      Map<String, Quantity> needed = new TreeMap<>(sidecars);
      add(needed, requests(init));
      if (init.string("restartPolicy").equals("Always")) {
        add(sidecars, requests(init));
      }
      needed.forEach((name, q) -> most.merge(name, q, ResourceRules::larger));
    }
    add(sum, sidecars);
    most.forEach((name, q) -> sum.merge(name, q, ResourceRules::larger));
    return sum;
  }

  private static Map<String, Quantity> requests(JsonObject container) {
    return Quantities.list(container.object("resources").object("requests"));
  }

  private static Quantity larger(Quantity a, Quantity b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
    more.forEach((name, q) -> sum.merge(name, q, Quantity::plus));
  }
}
