package io.tiphys.apiserver.rest;

import io.tiphys.model.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps {@code metadata.managedFields}: who set which field. */
interface ManagedFields {
  /**
   * The object with the fields that the write changed marked as its manager's.
   *
   * @param object as the write wants it, in the storage version
   * @param current as stored; null for a creation
   */
  JsonObject update(Write write, JsonObject object, @Nullable JsonObject current, Instant now);
}
