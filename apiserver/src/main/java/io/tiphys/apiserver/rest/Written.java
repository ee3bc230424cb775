package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.model.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a write ended.
 *
 * @param tree the object as it is now, or was when it was deleted, in the storage version
 * @param stored the same with its encoding; null after a dry run or if nothing was written
 */
record Written(Effect effect, JsonObject tree, @Nullable CachedObject stored) {
  /** What happened to the object. */
  enum Effect {
    CREATED,
    UPDATED,
    UNCHANGED,
    DELETED
  }

  static Written unchanged(JsonObject tree) {
    return new Written(Effect.UNCHANGED, tree, null);
  }
}
