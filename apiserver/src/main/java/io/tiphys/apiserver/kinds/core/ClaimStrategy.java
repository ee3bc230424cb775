package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.TreeDiff;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.ClaimSpecRules;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.validation.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PersistentVolumeClaims. */
final class ClaimStrategy implements Strategy {
  private static final String IMMUTABLE =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
          + " bound claims\n";

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(object, "spec", ClaimStrategy::sameSources);
  }

  /** {@code dataSource} and {@code dataSourceRef} are one where both can say it. */
  private static JsonObject sameSources(JsonObject spec) {
    boolean source = spec.has("dataSource");
    boolean ref = spec.has("dataSourceRef");
    if (source && !ref) {
      return spec.with("dataSourceRef", spec.object("dataSource"));
    }
    return ref && !source && !spec.object("dataSourceRef").has("namespace")
        ? spec.with("dataSource", spec.object("dataSourceRef"))
        : spec;
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    return object.with("status", JsonObject.of("phase", "Pending"));
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(updated, "status", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    ClaimSpecRules.validate(Scope.of(object, errors).in("spec"));
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    JsonObject before = current.object("spec");
    boolean bound = current.object("status").string("phase").equals("Bound");
    JsonObject rest = withoutChanges(spec.value(), before, bound);
    if (!Trees.same(rest, before)) {
      errors.forbidden(spec.path(), IMMUTABLE + TreeDiff.of(before, rest, spec.path()));
    }
    Optional<Quantity> asked = storage(spec.value());
    Optional<Quantity> had = storage(before);
    Optional<Quantity> capacity =
        Quantities.of(current.object("status").object("capacity").get("storage"));
    if (bound
        && asked.isPresent()
        && had.isPresent()
        && asked.get().compareTo(had.get()) < 0
        && (capacity.isEmpty() || asked.get().compareTo(capacity.get()) <= 0)) {
      errors.forbidden(
          spec.at("resources").child("requests", "storage"),
          "field can not be less than status.capacity");
    }
    spec.immutable("volumeMode", before);
  }

  private static Optional<Quantity> storage(JsonObject spec) {
    return Quantities.of(spec.at("resources", "requests", "storage"));
  }

  private static JsonObject withoutChanges(JsonObject updated, JsonObject before, boolean bound) {
    JsonObject rest = updated;
    if (before.string("volumeName").isEmpty()) {
      rest = Trees.keep(rest, "volumeName", before);
    }
    if (!before.has("storageClassName")) {
      rest = Trees.keep(rest, "storageClassName", before);
    }
    if (bound) {
      JsonObject resources = rest.object("resources");
      JsonObject requests =
          Trees.keep(
              resources.object("requests"),
              "storage",
              before.object("resources").object("requests"));
      rest = rest.with("resources", resources.with("requests", requests));
    }
    return before.string("volumeAttributesClassName").isEmpty()
            || !updated.string("volumeAttributesClassName").isEmpty()
        ? Trees.keep(rest, "volumeAttributesClassName", before)
        : rest;
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    List<String> warnings = new ArrayList<>();
    if (object
        .object("metadata")
        .object("annotations")
        .has("volume.beta.kubernetes.io/storage-class")) {
      warnings.add(
          "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use"
              + " \"storageClassName\" attribute instead");
    }
    storage(object.object("spec"))
        .filter(storage -> storage.asLong().isEmpty())
        .ifPresent(storage ->
            warnings.add(
                "spec.resources.requests[storage]: fractional byte value \""
                    + storage
                    + "\" is invalid, must be an integer"));
    return warnings;
  }

  /** The {@code status} subresource. */
  static void status(Scope claim) {
    Scope status = claim.in("status");
    for (String list : List.of("capacity", "allocatedResources")) {
      for (Map.Entry<String, Quantity> amount :
          Quantities.list(status.value().object(list)).entrySet()) {
        Quantities.checkNonNegative(
            amount.getValue(), status.at(list).key(amount.getKey()), claim.errors());
      }
    }
  }
}
