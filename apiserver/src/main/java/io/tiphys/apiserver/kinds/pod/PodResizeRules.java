package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.List;
import java.util.Map;

/** What the {@code resize} subresource may change: resources of containers (KEP-1287). */
public final class PodResizeRules {
  private static final List<String> LISTS = List.of("containers", "initContainers");
  private static final List<String> RESIZABLE = List.of("cpu", "memory");

  private PodResizeRules() {}

  /** The current pod with the resources that the updated one asks for. */
  public static JsonObject apply(JsonObject updated, JsonObject current) {
    JsonObject spec = current.object("spec");
    for (String list : LISTS) {
      Map<String, JsonObject> asked = Trees.byKey(updated.object("spec").array(list), "name");
      spec =
          Trees.changeEach(
              spec,
              list,
              container -> {
                JsonObject wish = asked.get(container.string("name"));
                return wish == null
                    ? container
                    : Trees.keep(Trees.keep(container, "resources", wish), "resizePolicy", wish);
              });
    }
    if (updated.object("spec").has("resources")) {
      spec = Trees.keep(spec, "resources", updated.object("spec"));
    }
    return current.with("metadata", updated.object("metadata")).with("spec", spec);
  }

  public static void validate(Scope pod, JsonObject current) {
    if (current.object("metadata").object("annotations").has("kubernetes.io/config.mirror")) {
      pod.errors().forbidden(pod.path(), "static pods cannot be resized");
    }
    if (current.object("spec").object("os").string("name").equals("windows")) {
      pod.errors().forbidden(pod.path(), "windows pods cannot be resized");
    }
    QosClass before = QosClass.of(current.object("spec"));
    QosClass now = QosClass.of(pod.value().object("spec"));
    if (before != now) {
      pod.errors()
          .invalid(
              pod.at("spec"),
              JsonString.of(now.text()),
              "Pod QOS Class may not change as a result of resizing");
    }
    for (String list : LISTS) {
      JsonArray old = current.object("spec").array(list);
      Map<String, JsonObject> byName = Trees.byKey(old, "name");
      pod.in("spec")
          .each(
              list,
              container -> {
                JsonObject previous = byName.get(container.string("name"));
                if (previous != null) {
                  container(container, previous, list.equals("initContainers"));
                }
              });
    }
  }

  private static void container(Scope container, JsonObject previous, boolean init) {
    JsonObject before = previous.object("resources");
    JsonObject now = container.value().object("resources");
    if (Trees.same(before, now)) {
      return;
    }
    if (init && !previous.string("restartPolicy").equals("Always")) {
      container.forbidden("resources", "resources for non-sidecar init containers are immutable");
      return;
    }
    Scope resources = container.in("resources");
    for (String list : List.of("limits", "requests")) {
      JsonObject old = before.object(list);
      JsonObject asked = now.object(list);
      for (String name : old.keys()) {
        if (!asked.has(name) && RESIZABLE.contains(name)) {
          resources.forbidden(list, "resource " + list + " cannot be removed");
        }
      }
      JsonObject otherBefore = others(old);
      if (!Trees.same(otherBefore, others(asked))) {
        container.forbidden("resources", "only cpu and memory resources are mutable");
      }
    }
  }

  private static JsonObject others(JsonObject list) {
    JsonObject rest = list;
    for (String name : RESIZABLE) {
      rest = rest.without(name);
    }
    return rest;
  }
}
