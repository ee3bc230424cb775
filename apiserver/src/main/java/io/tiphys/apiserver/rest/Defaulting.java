package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;

/** Brings a client's object into the form in which it is stored: converted and defaulted. */
final class Defaulting {
  /** In the storage version, with all defaults. */
  JsonObject toStorage(ResourceType type, JsonObject served) {
    return defaulted(type.stored(), BodyReader.toStorage(type, served));
  }

  /** With the schema's static defaults and the kind's computed ones. */
  JsonObject defaulted(ResourceType stored, JsonObject object) {
    return stored.strategy().defaults(object);
  }
}
