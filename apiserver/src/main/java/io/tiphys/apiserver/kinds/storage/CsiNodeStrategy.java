package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.Map;

/** CSINodes: the drivers on a node. A driver's entry may come and go, but not change. */
final class CsiNodeStrategy implements Strategy {
  private static final int MAX_NODE_ID = 192;

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    spec.unique("drivers", "name");
    spec.each("drivers", CsiNodeStrategy::driver);
  }

  private static void driver(Scope driver) {
    StorageRules.driverName(driver, "name");
    if (driver.required("nodeID")) {
      driver.unless(
          driver.string("nodeID").length() > MAX_NODE_ID,
          "nodeID",
          "must be " + MAX_NODE_ID + " characters or less");
    }
    driver.in("allocatable").nonNegative("count");
    Limits.distinct(driver, "topologyKeys");
    for (Scope.Item key : driver.strings("topologyKeys")) {
      driver.format(key.path(), key.value(), Names::qualifiedName);
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Map<String, JsonObject> before = Trees.byKey(current.object("spec").array("drivers"), "name");
    Scope.of(updated, errors)
        .in("spec")
        .each(
            "drivers",
            driver -> {
              JsonObject old = before.get(driver.string("name"));
              if (old != null
                  && !old.without("allocatable").equals(driver.value().without("allocatable"))) {
                errors.invalid(driver.path(), driver.value(), "field is immutable");
              }
            });
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
