package io.tiphys.apiserver.resource;

import io.tiphys.model.json.JsonObject;

/**
 * Between a served version and the storage version of a kind, without loss: what the other version
 * cannot say travels in annotations. {@code apiVersion} and {@code kind} are set by the caller.
 */
public interface Conversion {

  /** For versions of the same shape. */
  Conversion SAME_SHAPE =
      new Conversion() {
        @Override
        public JsonObject toStorage(JsonObject served) {
          return served;
        }

        @Override
        public JsonObject fromStorage(JsonObject stored) {
          return stored;
        }
      };

  /** An object with the served version's own defaults, where those of the stored one differ. */
  default JsonObject defaults(JsonObject served) {
    return served;
  }

  JsonObject toStorage(JsonObject served);

  JsonObject fromStorage(JsonObject stored);
}
