package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.Optional;

/**
 * Turns a pod's {@code priorityClassName} into its priority and preemption policy, and allows one
 * global default class only.
 */
final class Priority implements AdmissionPlugin {
  private static final String PREEMPT = "PreemptLowerPriority";

  private final StoredObjects objects;

  Priority(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "Priority";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    boolean write =
        request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
    return write
        && (request.concerns("", "pods")
            || request.concerns("scheduling.k8s.io", "priorityclasses"));
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    if (!request.concerns("", "pods")) {
      return object;
    }
    JsonObject old = request.old();
    if (old != null) {
      return kept(object, old.object("spec"));
    }
    JsonObject spec = object.object("spec");
    String className = spec.string("priorityClassName");
    Optional<JsonObject> found =
        className.isEmpty()
            ? globalDefault()
            : objects.cached(Kinds.PRIORITY_CLASSES, "", className);
    if (found.isEmpty() && !className.isEmpty()) {
      throw Kinds.forbidden(request, "no PriorityClass with name " + className + " was found");
    }
    JsonObject chosen = found.orElse(JsonObject.EMPTY);
    long value = chosen.number("value", 0);
    if (spec.has("priority") && spec.number("priority", 0) != value) {
      throw Kinds.forbidden(
          request,
          "the integer value of priority ("
              + spec.number("priority", 0)
              + ") must not be provided in pod spec; priority admission controller computed "
              + value
              + " from the given PriorityClass name");
    }
    String policy =
        chosen.string("preemptionPolicy").isEmpty() ? PREEMPT : chosen.string("preemptionPolicy");
    if (spec.has("preemptionPolicy") && !spec.string("preemptionPolicy").equals(policy)) {
      throw Kinds.forbidden(
          request,
          "the string value of PreemptionPolicy ("
              + spec.string("preemptionPolicy")
              + ") must not be provided in pod spec; priority admission controller computed "
              + policy
              + " from the given PriorityClass name");
    }
    JsonObject prioritized = spec.with("priority", value).with("preemptionPolicy", policy);
    if (className.isEmpty() && found.isPresent()) {
      prioritized = prioritized.with("priorityClassName", chosen.object("metadata").string("name"));
    }
    return object.with("spec", prioritized);
  }

  /** An update that leaves the computed fields out means to keep them. */
  private static JsonObject kept(JsonObject pod, JsonObject old) {
    JsonObject spec = pod.object("spec");
    if (!spec.has("priority") && old.get("priority") instanceof JsonNumber priority) {
      spec = spec.with("priority", priority);
    }
    if (!spec.has("preemptionPolicy") && old.get("preemptionPolicy") instanceof JsonString policy) {
      spec = spec.with("preemptionPolicy", policy);
    }
    return pod.with("spec", spec);
  }

  /** The lowest, should there be several against the rule. */
  private Optional<JsonObject> globalDefault() {
    return objects.cached(Kinds.PRIORITY_CLASSES, "").stream()
        .filter(c -> c.bool("globalDefault"))
        .min((a, b) -> Long.compare(a.number("value", 0), b.number("value", 0)));
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject object = request.object();
    if (object == null
        || !request.concerns("scheduling.k8s.io", "priorityclasses")
        || !object.bool("globalDefault")) {
      return;
    }
    objects.cached(Kinds.PRIORITY_CLASSES, "").stream()
        .filter(c -> c.bool("globalDefault"))
        .map(c -> c.object("metadata").string("name"))
        .filter(name -> !name.equals(object.object("metadata").string("name")))
        .findFirst()
        .ifPresent(name -> {
          throw Kinds.forbidden(
              request,
              "PriorityClass "
                  + name
                  + " is already marked as default. Only one default can exist");
        });
  }
}
