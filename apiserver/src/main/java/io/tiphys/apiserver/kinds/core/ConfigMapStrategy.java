package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;

/** ConfigMaps. */
final class ConfigMapStrategy implements Strategy {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope map = Scope.of(object, errors);
    DataRules.keys(map, "data");
    DataRules.disjoint(map, "data", "binaryData");
    DataRules.keys(map, "binaryData");
    DataRules.size(
        map,
        DataRules.WHOLE,
        DataRules.textBytes(object.object("data"))
            + DataRules.decodedBytes(object.object("binaryData")));
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    DataRules.immutable(Scope.of(updated, errors), current, List.of("data", "binaryData"));
  }
}
