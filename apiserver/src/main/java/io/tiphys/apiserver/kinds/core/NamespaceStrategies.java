package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.ObjectNames;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;

/**
 * Namespaces. They stay while {@code spec.finalizers} is not empty: the namespace controller
 * empties it through {@code finalize} when all they contained is gone.
 */
final class NamespaceStrategies {
  private static final String FINALIZER = "kubernetes";
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private NamespaceStrategies() {}

  /** The resource itself. */
  static final Strategy MAIN =
      new Strategy() {
        @Override
        public JsonObject defaults(JsonObject object) {
          return withNameLabel(object);
        }

        @Override
        public JsonObject prepareForCreate(JsonObject object) {
          JsonArray finalizers = object.object("spec").array("finalizers");
          if (finalizers.strings().noneMatch(FINALIZER::equals)) {
            finalizers = finalizers.append(JsonString.of(FINALIZER));
          }
          return withNameLabel(object)
              .with("spec", object.object("spec").with("finalizers", finalizers))
              .with("status", JsonObject.of("phase", "Active"));
        }

        @Override
        public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
          JsonObject kept = Trees.keepIn(updated, "spec", "finalizers", current);
          return Trees.keep(kept, "status", current);
        }

        @Override
        public JsonObject beginDeletion(JsonObject object) {
          return object.withAt(JsonString.of("Terminating"), "status", "phase");
        }

        @Override
        public boolean finalized(JsonObject object) {
          return object.object("spec").array("finalizers").isEmpty();
        }

        @Override
        public List<String> nameErrors(String name, boolean prefix) {
          return ObjectNames.label(name, prefix);
        }
      };

  /** Only changes {@code spec.finalizers}. */
  static final Strategy FINALIZE =
      new Strategy() {
        @Override
        public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
          JsonObject kept = current;
          return Trees.keepIn(kept, "spec", "finalizers", updated)
              .with("metadata", updated.object("metadata"));
        }

        @Override
        public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
          Scope spec = Scope.of(updated, errors).in("spec");
          for (Scope.Item finalizer : spec.strings("finalizers")) {
            finalizer(spec, finalizer);
          }
        }
      };

  private static void finalizer(Scope spec, Scope.Item finalizer) {
    if (spec.format(finalizer.path(), finalizer.value(), Names::qualifiedName)
        && !finalizer.value().contains("/")
        && !finalizer.value().equals(FINALIZER)) {
      spec.errors()
          .invalid(
              finalizer.path(),
              JsonString.of(finalizer.value()),
              "name is neither a standard finalizer name nor is it fully qualified");
    }
  }

  /** The phase says whether the namespace is being deleted. */
  static void status(Scope namespace, JsonObject current) {
    boolean deleted = current.object("metadata").has("deletionTimestamp");
    String phase = namespace.in("status").string("phase");
    if (deleted && !phase.equals("Terminating")) {
      namespace
          .in("status")
          .errors()
          .invalid(
              namespace.in("status").path().child("Phase"),
              JsonString.of(phase),
              "may only be 'Terminating' if `deletionTimestamp` is not empty");
    } else if (!deleted && !phase.equals("Active")) {
      namespace
          .in("status")
          .errors()
          .invalid(
              namespace.in("status").path().child("Phase"),
              JsonString.of(phase),
              "may only be 'Active' if `deletionTimestamp` is empty");
    }
  }

  private static JsonObject withNameLabel(JsonObject object) {
    String name = object.object("metadata").string("name");
    return name.isEmpty()
        ? object
        : object.withAt(JsonString.of(name), "metadata", "labels", NAME_LABEL);
  }
}
