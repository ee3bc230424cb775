package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.request.Query;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of creations, updates and patches.
 *
 * @param kind {@code CreateOptions}, {@code UpdateOptions} or {@code PatchOptions}
 * @param fieldManager who will own the fields that change; "" if the client did not say
 * @param force whether an apply takes fields from others; empty if the client did not say
 */
record WriteOptions(
    String kind,
    boolean dryRun,
    String fieldManager,
    FieldValidation fieldValidation,
    Optional<Boolean> force) {
  /** Upstream's {@code FieldManagerMaxLength}. */
  private static final int LONGEST_MANAGER = 128;

  /** What happens to fields that the schema does not know or that are there twice. */
  enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  /** For the server's own writes. */
  static WriteOptions internal(String kind) {
    return new WriteOptions(
        kind, false, "kube-apiserver", FieldValidation.IGNORE, Optional.empty());
  }

  static WriteOptions forDelete(DeleteOptions options) {
    return new WriteOptions(
        "DeleteOptions", options.dryRun(), "", FieldValidation.IGNORE, Optional.empty());
  }

  /**
   * @throws ApiException Invalid
   */
  static WriteOptions of(Map<String, List<String>> parameters, String kind) {
    FieldErrors errors = new FieldErrors();
    boolean dryRun = dryRun(parameters.getOrDefault("dryRun", List.of()), errors);
    String manager = Query.first(parameters, "fieldManager");
    checkManager(manager, errors);
    FieldValidation validation =
        switch (Query.first(parameters, "fieldValidation")) {
          case "Ignore" -> FieldValidation.IGNORE;
          case "", "Warn" -> FieldValidation.WARN;
          case "Strict" -> FieldValidation.STRICT;
          case String other -> {
            errors.notSupported(
                FieldPath.of("fieldValidation"),
                JsonString.of(other),
                List.of("", "Ignore", "Strict", "Warn"));
            yield FieldValidation.WARN;
          }
        };
    Optional<Boolean> force =
        parameters.containsKey("force")
            ? Optional.of(Query.flag(parameters, "force"))
            : Optional.empty();
    if (!errors.isEmpty()) {
      throw ApiException.invalid("meta.k8s.io", kind, "", errors.list());
    }
    return new WriteOptions(kind, dryRun, manager, validation, force);
  }

  /** {@code All} is the only value; whatever is given, it must be that. */
  static boolean dryRun(List<String> values, FieldErrors errors) {
    List<String> given = values.stream().filter(v -> !v.isEmpty()).toList();
    if (given.stream().anyMatch(v -> !v.equals("All"))) {
      errors.notSupported(FieldPath.of("dryRun"), JsonArray.ofStrings(given), List.of("All"));
    }
    return !given.isEmpty();
  }

  private static void checkManager(String manager, FieldErrors errors) {
    FieldPath path = FieldPath.of("fieldManager");
    if (manager.length() > LONGEST_MANAGER) {
      errors.add(FieldError.tooLong(path, LONGEST_MANAGER));
    }
    if (manager.codePoints().anyMatch(WriteOptions::isUnprintable)) {
      errors.invalid(path, JsonString.of(manager), "should only contain printable characters");
    }
  }

  private static boolean isUnprintable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || (Character.isSpaceChar(c) && c != ' ');
  }

  /** As admission sees them. */
  JsonObject tree() {
    JsonObject tree = JsonObject.of("apiVersion", "meta.k8s.io/v1", "kind", kind);
    if (dryRun) {
      tree = tree.with("dryRun", JsonArray.of(JsonString.of("All")));
    }
    return fieldManager.isEmpty() ? tree : tree.with("fieldManager", fieldManager);
  }
}
