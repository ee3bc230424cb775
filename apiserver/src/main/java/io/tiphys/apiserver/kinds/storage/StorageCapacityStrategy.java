package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;

/** CSIStorageCapacities: how much storage of a class is left in a part of the cluster. */
final class StorageCapacityStrategy implements Strategy {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope capacity = Scope.of(object, errors);
    capacity.formatEvenEmpty("storageClassName", Names::dnsSubdomain);
    StorageRules.notNegative(capacity, "capacity");
    StorageRules.notNegative(capacity, "maximumVolumeSize");
    capacity.with("nodeTopology", LabelRules::selector);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope capacity = Scope.of(updated, errors);
    capacity.immutable("nodeTopology", current);
    capacity.immutable("storageClassName", current);
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
