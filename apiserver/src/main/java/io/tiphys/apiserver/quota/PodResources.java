package io.tiphys.apiserver.quota;

import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a pod needs at once (Kubernetes documentation, "Resource Management for Pods and
 * Containers", KEP-753 for sidecars, KEP-2837 for pod-level amounts, KEP-1287 for resizes).
 */
public final class PodResources {
  private PodResources() {}

  /**
   * The sum that the spec states, without overhead.
   *
   * @param field {@code requests} or {@code limits}
   */
  public static Amounts stated(JsonObject pod, String field) {
    return total(pod, field, container -> container.object("resources").object(field));
  }

  /** What is requested, or still given while a resize is under way, with overhead. */
  static Amounts requests(JsonObject pod) {
    return total(pod, "requests", container -> effective(pod, container, "requests"))
        .plus(overhead(pod));
  }

  /** As {@link #requests}; overhead counts where there is a limit. */
  static Amounts limits(JsonObject pod) {
    Amounts limits = total(pod, "limits", container -> effective(pod, container, "limits"));
    return limits.plus(overhead(pod).only(limits.names()::contains));
  }

  private static Amounts overhead(JsonObject pod) {
    return Amounts.of(pod.object("spec").object("overhead"));
  }

  /**
   * Containers and sidecars together, or the init container that needs most beside the sidecars
   * started before it, whichever is more.
   */
  private static Amounts total(
      JsonObject pod, String field, Function<JsonObject, JsonObject> needs) {
    JsonObject spec = pod.object("spec");
    Amounts running = Amounts.NONE;
    for (JsonObject container : spec.array("containers").objects().toList()) {
      running = running.plus(Amounts.of(needs.apply(container)));
    }
    Amounts sidecars = Amounts.NONE;
    Amounts starting = Amounts.NONE;
    for (JsonObject container : spec.array("initContainers").objects().toList()) {
      Amounts own = Amounts.of(needs.apply(container));
      if (container.string("restartPolicy").equals("Always")) {
        running = running.plus(own);
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(own.plus(sidecars));
      }
    }
    Amounts ofPod =
        Amounts.of(spec.object("resources").object(field)).only(PodResources::isPodLevel);
    return running.max(starting).replacedBy(ofPod);
  }

  private static boolean isPodLevel(String name) {
    return name.equals("cpu") || name.equals("memory") || name.startsWith("hugepages-");
  }

  /** While a resize is not done, the most of what is asked for, allocated, and in effect. */
  private static JsonObject effective(JsonObject pod, JsonObject container, String field) {
    JsonObject asked = container.object("resources").object(field);
    Optional<JsonObject> found = status(pod, container.string("name"));
    if (found.isEmpty() || !found.get().has("resources")) {
      return asked;
    }
    Amounts given = Amounts.of(found.get().object("resources").object(field));
    if (field.equals("requests")) {
      given = given.max(Amounts.of(found.get().object("allocatedResources")));
    }
    return (infeasible(pod) ? given : Amounts.of(asked).max(given)).json();
  }

  private static Optional<JsonObject> status(JsonObject pod, String name) {
    JsonObject status = pod.object("status");
    for (String list : List.of("containerStatuses", "initContainerStatuses")) {
      Optional<JsonObject> found =
          status.array(list).objects().filter(s -> s.string("name").equals(name)).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean infeasible(JsonObject pod) {
    return pod.object("status")
        .array("conditions")
        .objects()
        .anyMatch(c ->
            c.string("type").equals("PodResizePending") && c.string("reason").equals("Infeasible"));
  }
}
