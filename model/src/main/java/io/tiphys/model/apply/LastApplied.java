package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Type;
import io.tiphys.model.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The annotation in which kubectl's client-side apply keeps the last configuration. Server-side
 * apply by kubectl takes it over: the fields that the annotation explains are no conflicts, and the
 * annotation is kept up to date where there is one.
 */
final class LastApplied {
  static final String MANAGER = "kubectl";
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private LastApplied() {}

  private static String of(JsonObject object) {
    return object.object("metadata").object("annotations").string(ANNOTATION);
  }

  /** The fields that an object still has as client-side apply left them. */
  static FieldSet fields(JsonObject live, String apiVersion, @Nullable Type type) {
    String text = of(live);
    if (text.isEmpty()) {
      return FieldSet.EMPTY;
    }
    try {
      if (!(Json.parse(text) instanceof JsonObject config)
          || !config.string("apiVersion").equals(apiVersion)) {
        return FieldSet.EMPTY;
      }
      Comparison changes = Comparison.of(config, live, type);
      return FieldExtractor.extract(config, type)
          .fields()
          .difference(changes.set())
          .difference(changes.removed());
    } catch (JsonException e) {
      return FieldSet.EMPTY;
    }
  }

  /** An object whose annotation, if it has one, shows a new configuration. */
  static JsonObject update(JsonObject object, JsonObject config) {
    if (of(object).isEmpty()) {
      return object;
    }
    JsonObject annotations = object.object("metadata").object("annotations");
    JsonObject shown = config;
    if (config.at("metadata", "annotations", ANNOTATION) != null) {
      shown = config.withoutAt("metadata", "annotations", ANNOTATION);
    }
    String text = shown + "\n";
    if (bytes(annotations.without(ANNOTATION)) + ANNOTATION.length() + length(text)
        > Names.MAX_ANNOTATIONS_BYTES) {
      text = "";
    }
    return object.withAt(annotations.with(ANNOTATION, text), "metadata", "annotations");
  }

  private static int bytes(JsonObject annotations) {
    int bytes = 0;
    for (Map.Entry<String, String> entry : annotations.strings().entrySet()) {
      bytes += length(entry.getKey()) + length(entry.getValue());
    }
    return bytes;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
