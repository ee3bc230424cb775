package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.apiserver.kinds.pod.PodWarnings;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ReplicationControllers. */
final class ReplicationControllerStrategy implements Strategy {
  private static final List<String> COUNTERS =
      List.of("replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas");

  @Override
  public JsonObject defaults(JsonObject object) {
    JsonObject result = PodTemplates.defaultsInSpec(object);
    JsonObject labels =
        result.object("spec").object("template").object("metadata").object("labels");
    if (labels.isEmpty()) {
      return result;
    }
    if (result.object("spec").object("selector").isEmpty()) {
      result = result.withAt(labels, "spec", "selector");
    }
    return result.object("metadata").object("labels").isEmpty()
        ? result.withAt(labels, "metadata", "labels")
        : result;
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    return object.with("status", JsonObject.of("replicas", 0));
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(updated, "status", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    spec.nonNegative("minReadySeconds");
    JsonObject selector = spec.value().object("selector");
    if (spec.required("selector")) {
      LabelRules.labels(selector, spec.at("selector"), errors);
    }
    if (spec.has("replicas")) {
      spec.nonNegative("replicas");
    } else {
      spec.required("replicas");
    }
    if (!spec.has("template")) {
      spec.required("template");
      return;
    }
    Scope template = spec.in("template");
    JsonObject labels = template.value().object("metadata").object("labels");
    if (!selector.isEmpty()
        && !selector.keys().stream().allMatch(k -> Trees.same(selector.get(k), labels.get(k)))) {
      errors.invalid(
          template.in("metadata").at("labels"),
          labels,
          "`selector` does not match template `labels`");
    }
    PodTemplates.validate(template);
    PodTemplates.longRunning(template, "ReplicationController");
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    JsonObject template = object.object("spec").object("template");
    return current != null && Trees.same(template, current.object("spec").object("template"))
        ? List.of()
        : PodWarnings.template(template, FieldPath.of("spec", "template"));
  }

  /** The {@code status} subresource: no counter is negative or above {@code replicas}. */
  static void status(Scope controller) {
    Scope status = controller.in("status");
    COUNTERS.forEach(status::nonNegative);
    status.nonNegative("observedGeneration");
    long replicas = status.number("replicas", 0);
    for (String counter : COUNTERS) {
      status.check(counter, n -> n <= replicas, "cannot be greater than status.replicas");
    }
    long ready = status.number("readyReplicas", 0);
    status.check("availableReplicas", n -> n <= ready, "cannot be greater than readyReplicas");
  }
}
