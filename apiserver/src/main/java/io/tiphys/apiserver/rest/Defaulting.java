package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Defaults;

/** Brings a client's object into the form in which it is stored: converted and defaulted. */
final class Defaulting {
  /** In the storage version, with all defaults. */
  JsonObject toStorage(ResourceType type, JsonObject served) {
    JsonObject complete =
        type.storage() == null || type.schema() == null
            ? served
            : type.conversion().defaults(Defaults.apply(type.schema(), served));
    return defaulted(type.stored(), type.toStorage(complete));
  }

  /** With the schema's static defaults and the kind's computed ones. */
  JsonObject defaulted(ResourceType stored, JsonObject object) {
    JsonObject complete =
        stored.schema() == null ? object : Defaults.apply(stored.schema(), object);
    return stored.strategy().defaults(complete);
  }
}
