package io.tiphys.apiserver.kinds;

import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;

/**
 * A kind whose status belongs to a controller: creators and ordinary updates cannot write it, only
 * its {@code status} subresource ({@link StatusStrategy}) can.
 */
public interface StatusSeparated extends Strategy {

  /** The status of a new object: the fields that upstream always shows. */
  default JsonObject initialStatus() {
    return JsonObject.EMPTY;
  }

  @Override
  default JsonObject prepareForCreate(JsonObject object) {
    return object.with("status", initialStatus());
  }

  @Override
  default JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(updated, "status", current);
  }
}
