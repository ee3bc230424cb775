package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodDefaults;
import io.tiphys.apiserver.kinds.pod.PodResizeRules;
import io.tiphys.apiserver.kinds.pod.PodSpecValidation;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.Map;

/** Updates of pods through their other subresources. */
final class PodPartStrategies {

  private PodPartStrategies() {}

  /** Only adds debug containers. */
  static final Strategy EPHEMERAL_CONTAINERS =
      new Strategy() {
        @Override
        public JsonObject defaults(JsonObject object) {
          return PodDefaults.pod(object);
        }

        @Override
        public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
          JsonObject spec =
              Trees.keep(current.object("spec"), "ephemeralContainers", updated.object("spec"));
          return current.with("metadata", updated.object("metadata")).with("spec", spec);
        }

        @Override
        public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
          ephemeralContainers(Scope.of(updated, errors), current);
        }
      };

  /** Only changes what containers request and may use. */
  static final Strategy RESIZE =
      new Strategy() {
        @Override
        public JsonObject defaults(JsonObject object) {
          return PodDefaults.pod(object);
        }

        @Override
        public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
          return PodResizeRules.apply(updated, current);
        }

        @Override
        public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
          Scope pod = Scope.of(updated, errors);
          PodResizeRules.validate(pod, current);
          PodSpecValidation.validate(pod.in("spec"), PodSpecValidation.Use.POD);
        }
      };

  /** Written by {@link BindingAction}, which checks what it does. */
  static final Strategy BINDING =
      new Strategy() {
        @Override
        public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
          return updated;
        }
      };

  private static void ephemeralContainers(Scope pod, JsonObject current) {
    Scope spec = pod.in("spec");
    PodSpecValidation.validate(spec, PodSpecValidation.Use.POD);
    if (current.object("metadata").object("annotations").has("kubernetes.io/config.mirror")) {
      pod.errors().forbidden(pod.path(), "static pods do not support ephemeral containers");
    }
    Map<String, JsonObject> now = Trees.byKey(spec.value().array("ephemeralContainers"), "name");
    for (JsonObject old : current.object("spec").array("ephemeralContainers").objects().toList()) {
      String name = old.string("name");
      if (!now.containsKey(name)) {
        spec.forbidden(
            "ephemeralContainers",
            "existing ephemeral containers \"" + name + "\" may not be removed\n");
      } else if (!old.equals(now.get(name))) {
        spec.forbidden(
            "ephemeralContainers",
            "existing ephemeral containers \"" + name + "\" may not be changed\n");
      }
    }
  }
}
