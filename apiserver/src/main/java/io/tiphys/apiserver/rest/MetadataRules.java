package io.tiphys.apiserver.rest;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What every object's {@code metadata} must be like (upstream's {@code ValidateObjectMeta}). */
final class MetadataRules {
  private static final FieldPath METADATA = FieldPath.of("metadata");
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("kubernetes", "orphan", "foregroundDeletion");
  private static final String IMMUTABLE = "field is immutable";

  private MetadataRules() {}

  /** How a kind's names are checked. */
  @FunctionalInterface
  interface NameRule {
    List<String> errors(String name, boolean prefix);
  }

  static void validate(JsonObject object, boolean namespaced, NameRule names, FieldErrors errors) {
    JsonObject metadata = object.object("metadata");
    String generateName = metadata.string("generateName");
    if (!generateName.isEmpty()) {
      for (String fault : names.errors(generateName, true)) {
        errors.invalid(METADATA.child("generateName"), JsonString.of(generateName), fault);
      }
    }
    String name = metadata.string("name");
    if (name.isEmpty()) {
      errors.required(METADATA.child("name"), "name or generateName is required");
    } else {
      for (String fault : names.errors(name, false)) {
        errors.invalid(METADATA.child("name"), JsonString.of(name), fault);
      }
    }
    namespace(metadata.string("namespace"), namespaced, errors);
    if (metadata.get("labels") instanceof JsonObject labels) {
      labels(labels, METADATA.child("labels"), errors);
    }
    if (metadata.get("annotations") instanceof JsonObject annotations) {
      annotations(annotations, METADATA.child("annotations"), errors);
    }
    if (metadata.get("ownerReferences") instanceof JsonArray owners) {
      owners(owners, METADATA.child("ownerReferences"), errors);
    }
    if (metadata.get("finalizers") instanceof JsonArray finalizers) {
      finalizers(finalizers, METADATA.child("finalizers"), errors);
    }
  }

  private static void namespace(String namespace, boolean namespaced, FieldErrors errors) {
    FieldPath path = METADATA.child("namespace");
    if (!namespaced) {
      if (!namespace.isEmpty()) {
        errors.forbidden(path, "not allowed on this type");
      }
    } else if (namespace.isEmpty()) {
      errors.required(path, "");
    } else {
      for (String fault : Names.dnsLabel(namespace)) {
        errors.invalid(path, JsonString.of(namespace), fault);
      }
    }
  }

  private static void labels(JsonObject labels, FieldPath path, FieldErrors errors) {
    labels.forEach((key, value) -> {
      for (String fault : Names.qualifiedName(key)) {
        errors.invalid(path, JsonString.of(key), fault);
      }
      if (value instanceof JsonString text) {
        for (String fault : Names.labelValue(text.value())) {
          errors.invalid(path, text, fault);
        }
      }
    });
  }

  private static void annotations(JsonObject annotations, FieldPath path, FieldErrors errors) {
    long size = 0;
    for (int i = 0; i < annotations.size(); i++) {
      String key = annotations.key(i);
      for (String fault : Names.qualifiedName(key.toLowerCase(Locale.ROOT))) {
        errors.invalid(path, JsonString.of(key), fault);
      }
      size +=
          utf8Length(key)
              + (annotations.value(i) instanceof JsonString s ? utf8Length(s.value()) : 0);
    }
    if (size > Names.MAX_ANNOTATIONS_BYTES) {
      errors.add(FieldError.tooLong(path, Names.MAX_ANNOTATIONS_BYTES));
    }
  }

  private static long utf8Length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }

  private static void owners(JsonArray owners, FieldPath path, FieldErrors errors) {
    String controller = null;
    for (JsonObject owner : owners.objects().toList()) {
      owner(owner, path, errors);
      if (owner.bool("controller")) {
        if (controller == null) {
          controller = owner.string("name");
        } else {
          errors.invalid(
              path,
              owners,
              "Only one reference can have Controller set to true. Found \"true\" in references for "
                  + controller
                  + " and "
                  + owner.string("name"));
        }
      }
    }
  }

  private static void owner(JsonObject owner, FieldPath path, FieldErrors errors) {
    String apiVersion = owner.string("apiVersion");
    if (GroupVersion.parse(apiVersion).version().isEmpty()) {
      errors.invalid(
          path.child("apiVersion"), JsonString.of(apiVersion), "version must not be empty");
    }
    for (String field : List.of("kind", "name", "uid")) {
      if (owner.string(field).isEmpty()) {
        errors.invalid(path.child(field), JsonString.EMPTY, "must not be empty");
      }
    }
    if (owner.string("kind").equals("Event")
        && (apiVersion.equals("v1") || apiVersion.equals("events.k8s.io/v1"))) {
      errors.invalid(
          path,
          owner,
          GroupVersion.parse(apiVersion).kind("Event") + " is disallowed from being an owner");
    }
  }

  private static void finalizers(JsonArray finalizers, FieldPath path, FieldErrors errors) {
    Set<String> names = finalizers.strings().collect(Collectors.toSet());
    for (String name : finalizers.strings().toList()) {
      for (String fault : Names.qualifiedName(name)) {
        errors.invalid(path, JsonString.of(name), fault);
      }
    }
    if (names.contains("orphan") && names.contains("foregroundDeletion")) {
      errors.invalid(
          path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
    }
  }

  /**
   * What only new objects of the built-in kinds are asked: a finalizer without a domain must be one
   * that Kubernetes itself knows.
   */
  static void validateFinalizerNames(JsonObject object, FieldErrors errors) {
    List<String> finalizers = object.object("metadata").array("finalizers").strings().toList();
    for (int i = 0; i < finalizers.size(); i++) {
      String name = finalizers.get(i);
      if (name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name)) {
        errors.invalid(
            METADATA.child("finalizers").index(i),
            JsonString.of(name),
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }

  /** What may not change once an object exists. */
  static void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    JsonObject after = updated.object("metadata");
    JsonObject before = current.object("metadata");
    if (before.has("deletionTimestamp")) {
      noNewFinalizers(after.array("finalizers"), before.array("finalizers"), errors);
    }
    for (String field :
        List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds")) {
      if (!same(after.get(field), before.get(field))) {
        Json value = after.get(field);
        errors.invalid(METADATA.child(field), value == null ? JsonNull.NULL : value, IMMUTABLE);
      }
    }
    long generation = after.number("generation", 0);
    if (generation < before.number("generation", 0)) {
      errors.invalid(
          METADATA.child("generation"), JsonNumber.of(generation), "must not be decremented");
    }
  }

  private static void noNewFinalizers(JsonArray after, JsonArray before, FieldErrors errors) {
    Set<String> known = before.strings().collect(Collectors.toSet());
    List<String> added = after.strings().filter(f -> !known.contains(f)).sorted().toList();
    if (!added.isEmpty()) {
      String list =
          added.stream()
              .map(f -> JsonString.of(f).toString())
              .collect(Collectors.joining(", ", "[]string{", "}"));
      errors.forbidden(
          METADATA.child("finalizers"),
          "no new finalizers can be added if the object is being deleted, found new finalizers "
              + list);
    }
  }

  private static boolean same(@Nullable Json a, @Nullable Json b) {
    return a == null ? b == null : a.equals(b);
  }
}
