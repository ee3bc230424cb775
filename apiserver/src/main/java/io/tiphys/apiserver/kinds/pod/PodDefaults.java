package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Quantity;
import java.util.List;
import java.util.Map;

/** The defaults of pods that depend on other fields; the static ones are in the schema. */
public final class PodDefaults {
  private static final List<String> CONTAINER_LISTS =
      List.of("containers", "initContainers", "ephemeralContainers");

  private PodDefaults() {}

  /** Of a {@code PodSpec}, in a pod or in a template. */
  public static JsonObject spec(JsonObject spec) {
    JsonObject result = Trees.changeEach(serviceAccount(spec), "volumes", PodDefaults::volume);
    for (String list : CONTAINER_LISTS) {
      result = Trees.changeEach(result, list, PodDefaults::container);
    }
    return result;
  }

  /** Of a pod: those of its spec, and more that templates don't get. */
  public static JsonObject pod(JsonObject pod) {
    return Trees.change(
        pod,
        "spec",
        before -> {
          JsonObject spec = Trees.setIfAbsent(spec(before), "enableServiceLinks", JsonBool.TRUE);
          boolean hostNetwork = spec.bool("hostNetwork");
          for (String list : List.of("containers", "initContainers")) {
            spec = Trees.changeEach(spec, list, c -> podContainer(c, hostNetwork));
          }
          return podRequests(spec);
        });
  }

  /** The old name of {@code serviceAccountName} is still written, with the same value. */
  private static JsonObject serviceAccount(JsonObject spec) {
    String name = spec.string("serviceAccountName");
    String old = spec.string("serviceAccount");
    if (name.isEmpty() && old.isEmpty()) {
      return spec;
    }
    String value = name.isEmpty() ? old : name;
    return spec.with("serviceAccountName", value).with("serviceAccount", value);
  }

  private static JsonObject volume(JsonObject volume) {
    boolean bare = volume.keys().stream().noneMatch(key -> !key.equals("name"));
    return bare ? volume.with("emptyDir", JsonObject.EMPTY) : volume;
  }

  private static JsonObject container(JsonObject container) {
    return Trees.setIfEmpty(
        container,
        "imagePullPolicy",
        isLatest(container.string("image")) ? "Always" : "IfNotPresent");
  }

  /** Whether an image reference has the tag {@code latest}, or neither tag nor digest. */
  static boolean isLatest(String image) {
    if (image.contains("@")) {
      return false;
    }
    String name = image.substring(image.lastIndexOf('/') + 1);
    int colon = name.indexOf(':');
    return colon < 0 || name.substring(colon + 1).equals("latest");
  }

  private static JsonObject podContainer(JsonObject container, boolean hostNetwork) {
    JsonObject result =
        Trees.change(
            container,
            "resources",
            resources -> requestsFromLimits(resources, resources.object("limits")));
    return hostNetwork
        ? Trees.changeEach(
            result,
            "ports",
            port ->
                port.number("hostPort", 0) == 0
                        && port.get("containerPort") instanceof JsonNumber number
                    ? port.with("hostPort", number)
                    : port)
        : result;
  }

  private static JsonObject requestsFromLimits(JsonObject resources, JsonObject limits) {
    JsonObject requests = resources.object("requests");
    for (String name : limits.keys()) {
      requests = Trees.setIfAbsent(requests, name, limits.value(limits.indexOf(name)));
    }
    return requests.isEmpty() ? resources : resources.with("requests", requests);
  }

  /**
   * Requests of the pod as a whole: what its containers request together, else the limit
   * (KEP-2837).
   */
  private static JsonObject podRequests(JsonObject spec) {
    return Trees.change(
        spec,
        "resources",
        resources -> {
          JsonObject requests = resources.object("requests");
          for (Map.Entry<String, Quantity> sum : ResourceRules.containerRequests(spec).entrySet()) {
            if (ResourceRules.isPodLevel(sum.getKey())
                && !ResourceNames.isHugePages(sum.getKey())) {
              requests =
                  Trees.setIfAbsent(
                      requests, sum.getKey(), JsonString.of(sum.getValue().toString()));
            }
          }
          JsonObject limits = resources.object("limits");
          JsonObject result = requestsFromLimits(resources.with("requests", requests), limits);
          return result.object("requests").isEmpty() ? resources : result;
        });
  }
}
