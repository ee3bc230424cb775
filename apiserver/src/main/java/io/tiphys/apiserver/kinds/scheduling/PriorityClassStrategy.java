package io.tiphys.apiserver.kinds.scheduling;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.Map;
import java.util.Set;

/** PriorityClasses: values above a billion belong to the two classes of the system. */
final class PriorityClassStrategy implements Strategy {
  private static final long HIGHEST_OF_USERS = 1_000_000_000;
  private static final Map<String, Long> OF_SYSTEM =
      Map.of(
          "system-node-critical",
          2 * HIGHEST_OF_USERS + 1000,
          "system-cluster-critical",
          2 * HIGHEST_OF_USERS);

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope pc = Scope.of(object, errors);
    String name = object.object("metadata").string("name");
    if (name.startsWith("system-")) {
      String fault = systemFault(name, object);
      if (!fault.isEmpty()) {
        pc.in("metadata")
            .forbidden(
                "name",
                "priority class names with 'system-' prefix are reserved for system use only."
                    + " error: "
                    + fault);
      }
    } else if (object.number("value", 0) > HIGHEST_OF_USERS) {
      pc.forbidden(
          "value", "maximum allowed value of a user defined priority is " + HIGHEST_OF_USERS);
    }
    pc.oneOf("preemptionPolicy", Set.of("PreemptLowerPriority", "Never"));
  }

  private static String systemFault(String name, JsonObject object) {
    Long value = OF_SYSTEM.get(name);
    if (value == null) {
      return name + " is not a known system priority class";
    }
    if (object.number("value", 0) != value) {
      return "value of " + name + " PriorityClass must be " + value;
    }
    return object.bool("globalDefault")
        ? "globalDefault of " + name + " PriorityClass must be false"
        : "";
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope pc = Scope.of(updated, errors);
    if (updated.number("value", 0) != current.number("value", 0)) {
      pc.forbidden("value", "may not be changed in an update.");
    }
    pc.immutable("preemptionPolicy", current);
  }
}
