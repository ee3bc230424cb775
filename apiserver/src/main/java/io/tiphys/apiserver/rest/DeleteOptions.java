package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.request.Query;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to delete, from the body of the request or else from its query.
 *
 * @param gracePeriodSeconds null if the kind decides
 * @param propagation what becomes of dependents; empty if the kind decides
 * @param uid precondition; "" if none
 * @param resourceVersion precondition; "" if none
 * @param orphanDependents the old way to say {@code propagation}; empty if it was not used
 */
record DeleteOptions(
    boolean dryRun,
    @Nullable Long gracePeriodSeconds,
    Optional<Propagation> propagation,
    String uid,
    String resourceVersion,
    Optional<Boolean> orphanDependents) {
  static final DeleteOptions DEFAULT =
      new DeleteOptions(false, null, Optional.empty(), "", "", Optional.empty());

  /** What becomes of the objects that name a deleted one as their owner. */
  enum Propagation {
    ORPHAN("Orphan"),
    FOREGROUND("Foreground"),
    BACKGROUND("Background");

    private final String text;

    Propagation(String text) {
      this.text = text;
    }
  }

  /**
   * @param body the decoded {@code DeleteOptions}; null if the request had no body
   * @throws ApiException Invalid
   */
  static DeleteOptions of(@Nullable JsonObject body, Map<String, List<String>> parameters) {
    JsonObject tree = body == null ? fromQuery(parameters) : body;
    FieldErrors errors = new FieldErrors();
    List<String> dryRun =
        body == null
            ? parameters.getOrDefault("dryRun", List.of())
            : body.array("dryRun").strings().toList();
    boolean dry = WriteOptions.dryRun(dryRun, errors);
    if (body != null && Query.first(parameters, "dryRun").equals("All")) {
      dry = true;
    }
    Optional<Propagation> propagation = propagation(tree, errors);
    Json orphan = tree.get("orphanDependents");
    Optional<Boolean> orphanDependents =
        orphan == null || orphan == JsonNull.NULL
            ? Optional.empty()
            : Optional.of(tree.bool("orphanDependents"));
    if (orphanDependents.isPresent() && tree.get("propagationPolicy") instanceof JsonString s) {
      errors.invalid(
          FieldPath.of("propagationPolicy"),
          s,
          "orphanDependents and deletionPropagation cannot be both set");
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid("meta.k8s.io", "DeleteOptions", "", errors.list());
    }
    JsonObject preconditions = tree.object("preconditions");
    return new DeleteOptions(
        dry,
        grace(tree),
        propagation,
        preconditions.string("uid"),
        preconditions.string("resourceVersion"),
        orphanDependents);
  }

  /** A negative time counts as one second, as upstream has it. */
  private static @Nullable Long grace(JsonObject tree) {
    return tree.get("gracePeriodSeconds") instanceof JsonNumber n
        ? (Long) (n.longValue() < 0 ? 1 : n.longValue())
        : null;
  }

  private static Optional<Propagation> propagation(JsonObject tree, FieldErrors errors) {
    String text = tree.string("propagationPolicy");
    for (Propagation p : Propagation.values()) {
      if (p.text.equals(text)) {
        return Optional.of(p);
      }
    }
    if (tree.get("propagationPolicy") instanceof JsonString s) {
      errors.notSupported(
          FieldPath.of("propagationPolicy"),
          s,
          List.of("Foreground", "Background", "Orphan", "nil"));
    }
    return Optional.empty();
  }

  private static JsonObject fromQuery(Map<String, List<String>> parameters) {
    JsonObject tree = JsonObject.EMPTY;
    String grace = Query.first(parameters, "gracePeriodSeconds");
    if (!grace.isEmpty()) {
      try {
        tree = tree.with("gracePeriodSeconds", Long.parseLong(grace));
      } catch (NumberFormatException e) {
        throw ApiException.badRequest(
            "strconv.ParseInt: parsing " + JsonString.of(grace) + ": invalid syntax");
      }
    }
    if (parameters.containsKey("propagationPolicy")) {
      tree = tree.with("propagationPolicy", Query.first(parameters, "propagationPolicy"));
    }
    if (parameters.containsKey("orphanDependents")) {
      tree = tree.with("orphanDependents", Query.flag(parameters, "orphanDependents"));
    }
    return tree;
  }

  DeleteOptions withPreconditions(String newUid, String newResourceVersion) {
    return new DeleteOptions(
        dryRun, gracePeriodSeconds, propagation, newUid, newResourceVersion, orphanDependents);
  }

  /** As admission sees them. */
  JsonObject tree() {
    JsonObject tree = JsonObject.of("apiVersion", "meta.k8s.io/v1", "kind", "DeleteOptions");
    if (gracePeriodSeconds != null) {
      tree = tree.with("gracePeriodSeconds", gracePeriodSeconds);
    }
    if (propagation.isPresent()) {
      tree = tree.with("propagationPolicy", propagation.get().text);
    }
    return tree;
  }
}
