package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.LabelKeys;
import io.tiphys.apiserver.kinds.pod.PodDefaults;
import io.tiphys.apiserver.kinds.pod.PodSpecValidation;
import io.tiphys.apiserver.kinds.pod.PodUpdateRules;
import io.tiphys.apiserver.kinds.pod.PodWarnings;
import io.tiphys.apiserver.kinds.pod.QosClass;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods. */
final class PodStrategy implements Strategy {
  private static final String MIRROR = "kubernetes.io/config.mirror";

  @Override
  public JsonObject defaults(JsonObject object) {
    return PodDefaults.pod(object);
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    JsonObject status =
        JsonObject.of("phase", "Pending", "qosClass", QosClass.of(object.object("spec")).text());
    if (!object.object("spec").array("schedulingGates").isEmpty()) {
      status = status.with("conditions", JsonArray.of(gated()));
    }
    return LabelKeys.resolve(object.with("status", status));
  }

  private static JsonObject gated() {
    return JsonObject.of(
        "type",
        "PodScheduled",
        "status",
        "False",
        "reason",
        "SchedulingGated",
        "message",
        "Scheduling is blocked due to non-empty scheduling gates",
        "lastProbeTime",
        JsonNull.NULL,
        "lastTransitionTime",
        JsonNull.NULL);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(updated, "status", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope pod = Scope.of(object, errors);
    Scope spec = pod.in("spec");
    mirror(pod, spec);
    PodSpecValidation.validate(spec, PodSpecValidation.Use.POD);
    boolean isNew = object.object("metadata").string("resourceVersion").isEmpty();
    if (isNew && spec.isSet("ephemeralContainers")) {
      spec.forbidden("ephemeralContainers", "cannot be set on create");
    }
    if (spec.isSet("nodeName") && spec.isSet("schedulingGates")) {
      spec.forbidden("nodeName", "cannot be set until all schedulingGates have been cleared");
    }
  }

  /** A mirror of a static pod lives on one node and refers to nothing in the API. */
  private static void mirror(Scope pod, Scope spec) {
    if (!pod.in("metadata").in("annotations").has(MIRROR)) {
      return;
    }
    if (!spec.isSet("nodeName")) {
      spec.errors()
          .invalid(
              pod.in("metadata").in("annotations").path().key(MIRROR),
              JsonString.of(pod.value().object("metadata").object("annotations").string(MIRROR)),
              "must set spec.nodeName if mirror pod annotation is set");
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope pod = Scope.of(updated, errors);
    PodUpdateRules.validate(pod.in("spec"), current.object("spec"));
    String before = current.object("metadata").object("annotations").string(MIRROR);
    String now = updated.object("metadata").object("annotations").string(MIRROR);
    if (!before.equals(now)) {
      errors.forbidden(
          pod.in("metadata").at("annotations").key(MIRROR),
          "may not remove or update mirror pod annotation");
    }
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    boolean sameSpec = current != null && Trees.same(object.get("spec"), current.get("spec"));
    return sameSpec ? List.of() : PodWarnings.pod(object);
  }

  @Override
  public long gracePeriodSeconds(JsonObject object, @Nullable Long asked) {
    JsonObject spec = object.object("spec");
    boolean nothingRuns =
        spec.string("nodeName").isEmpty()
            || List.of("Succeeded", "Failed").contains(object.object("status").string("phase"));
    if (nothingRuns) {
      return 0;
    }
    long seconds = asked == null ? spec.number("terminationGracePeriodSeconds", 30) : asked;
    return seconds < 0 ? 1 : seconds;
  }
}
