package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Assigns a pod to a node, once: {@code pods/binding}, and {@code bindings} with the pod's name in
 * the body. Labels and annotations of the binding join the pod's.
 */
final class BindingAction implements Action {
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource BINDING = new GroupResource("", "pods/binding");

  private final Supplier<StoredObjects> objects;
  private final InstantSource clock;

  /**
   * @param objects asked for at the first call: the registry is made after the actions
   */
  BindingAction(Supplier<StoredObjects> objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public JsonObject call(Call call) {
    JsonObject binding = call.body() == null ? JsonObject.EMPTY : call.body();
    String named = binding.object("metadata").string("name");
    String name = call.name().isEmpty() ? named : call.name();
    if (!named.isEmpty() && !named.equals(name)) {
      throw ApiException.badRequest("name in URL does not match name in Binding object");
    }
    validate(binding, name);
    StoredObjects stored = objects.get();
    if (call.dryRun()) {
      JsonObject pod =
          stored
              .get(PODS, call.namespace(), name)
              .orElseThrow(() -> ApiException.notFound(PODS, name));
      bind(pod, binding, name);
    } else {
      stored
          .registry()
          .update(
              stored.type(PODS),
              call.namespace(),
              name,
              "binding",
              pod -> bind(pod, binding, name));
    }
    return Successes.created();
  }

  private static void validate(JsonObject binding, String name) {
    FieldErrors errors = new FieldErrors();
    Scope target = Scope.of(binding, errors).in("target");
    String kind = target.string("kind");
    if (!kind.isEmpty() && !kind.equals("Node")) {
      errors.notSupported(target.at("kind"), JsonString.of(kind), List.of("Node", "<empty>"));
    }
    target.required("name");
    if (name.isEmpty()) {
      errors.required(FieldPath.of("metadata", "name"), "name or generateName is required");
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid("", "Binding", name, errors.list());
    }
  }

  private JsonObject bind(JsonObject pod, JsonObject binding, String name) {
    JsonObject metadata = pod.object("metadata");
    JsonObject asked = binding.object("metadata");
    precondition("UID", asked.string("uid"), metadata.string("uid"), name);
    precondition(
        "ResourceVersion",
        asked.string("resourceVersion"),
        metadata.string("resourceVersion"),
        name);
    refuseIfUnfit(pod, name);
    String node = binding.object("target").string("name");
    for (String map : List.of("annotations", "labels")) {
      metadata = joined(metadata, map, asked.object(map));
    }
    JsonObject status =
        StatusConditions.with(
            pod.object("status").without("nominatedNodeName"),
            JsonObject.of("type", "PodScheduled", "status", "True"),
            clock.instant());
    return pod.with("metadata", metadata)
        .with("spec", pod.object("spec").with("nodeName", node))
        .with("status", status);
  }

  private static void refuseIfUnfit(JsonObject pod, String name) {
    if (pod.object("metadata").has("deletionTimestamp")) {
      throw ApiException.conflict(
          BINDING, name, "pod " + name + " is being deleted, cannot be assigned to a host");
    }
    String bound = pod.object("spec").string("nodeName");
    if (!bound.isEmpty()) {
      throw ApiException.conflict(
          BINDING, name, "pod " + name + " is already assigned to node " + JsonString.of(bound));
    }
    if (!pod.object("spec").array("schedulingGates").isEmpty()) {
      throw ApiException.conflict(
          BINDING, name, "pod " + name + " has non-empty .spec.schedulingGates");
    }
  }

  private static JsonObject joined(JsonObject metadata, String map, JsonObject more) {
    JsonObject all = metadata.object(map);
    for (int i = 0; i < more.size(); i++) {
      all = all.with(more.key(i), more.value(i));
    }
    return all.isEmpty() ? metadata : metadata.with(map, all);
  }

  private static void precondition(String what, String asked, String actual, String name) {
    if (!asked.isEmpty() && !asked.equals(actual)) {
      throw ApiException.conflict(
          BINDING,
          name,
          "Precondition failed: "
              + what
              + " in precondition: "
              + asked
              + ", "
              + what
              + " in object meta: "
              + actual);
    }
  }
}
