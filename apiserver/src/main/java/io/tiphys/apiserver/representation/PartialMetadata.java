package io.tiphys.apiserver.representation;

import io.tiphys.model.json.JsonObject;

/** {@code PartialObjectMetadata}: an object without anything but its metadata. */
final class PartialMetadata {
  private PartialMetadata() {}

  static JsonObject of(JsonObject object, String version) {
    return JsonObject.of(
        "apiVersion",
        "meta.k8s.io/" + version,
        "kind",
        "PartialObjectMetadata",
        "metadata",
        object.object("metadata"));
  }
}
