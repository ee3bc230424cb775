package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import java.util.Set;

/** Events, of the core group and of {@code events.k8s.io}, which are stored in the core form. */
final class EventStrategy implements Strategy {
  /** Where events about objects without a namespace may lie. */
  private static final Set<String> FOR_CLUSTER_OBJECTS = Set.of("", "default", "kube-system");

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope event = Scope.of(object, errors);
    String namespace = object.object("metadata").string("namespace");
    Scope involved = event.in("involvedObject");
    String about = involved.string("namespace");
    boolean fine =
        about.isEmpty() ? FOR_CLUSTER_OBJECTS.contains(namespace) : about.equals(namespace);
    if (!fine) {
      errors.invalid(
          involved.at("namespace"), JsonString.of(about), "does not match event.namespace");
    }
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }
}
