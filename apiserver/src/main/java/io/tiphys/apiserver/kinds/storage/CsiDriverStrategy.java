package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CSIDrivers: how a driver wants to be called. */
final class CsiDriverStrategy implements Strategy {
  private static final List<String> MODES = List.of("Ephemeral", "Persistent");
  private static final List<String> FS_GROUP = List.of("File", "None", "ReadWriteOnceWithFSType");
  private static final long MIN_TOKEN_SECONDS = 600;
  private static final long MAX_TOKEN_SECONDS = 1L << 32;
  private static final int MIN_UPDATE_SECONDS = 10;

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        object,
        "spec",
        spec ->
            spec.array("volumeLifecycleModes").isEmpty()
                ? spec.with("volumeLifecycleModes", JsonArray.of(JsonString.of("Persistent")))
                : spec);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope driver = Scope.of(object, errors);
    StorageRules.driverName(driver.in("metadata"), "name");
    Scope spec = driver.in("spec");
    for (String field : List.of("attachRequired", "podInfoOnMount", "storageCapacity")) {
      if (!spec.has(field)) {
        errors.required(spec.at(field), "");
      }
    }
    spec.oneOf("fsGroupPolicy", FS_GROUP);
    tokenRequests(spec);
    for (Scope.Item mode : spec.strings("volumeLifecycleModes")) {
      if (!MODES.contains(mode.value())) {
        errors.notSupported(spec.at("volumeLifecycleModes"), JsonString.of(mode.value()), MODES);
      }
    }
    spec.check(
        "nodeAllocatableUpdatePeriodSeconds",
        n -> n >= MIN_UPDATE_SECONDS,
        "must be greater than or equal to " + MIN_UPDATE_SECONDS + " seconds");
  }

  private static void tokenRequests(Scope spec) {
    Set<String> audiences = new HashSet<>();
    spec.each(
        "tokenRequests",
        request -> {
          String audience = request.string("audience");
          if (!audiences.add(audience)) {
            request.errors().duplicate(request.at("audience"), JsonString.of(audience));
          }
          request.check(
              "expirationSeconds",
              n -> n >= MIN_TOKEN_SECONDS,
              "may not specify a duration less than 10 minutes");
          request.check(
              "expirationSeconds",
              n -> n <= MAX_TOKEN_SECONDS,
              "may not specify a duration larger than 2^32 seconds");
        });
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    JsonObject after = updated.object("spec");
    JsonObject before = current.object("spec");
    if (after.bool("attachRequired") != before.bool("attachRequired")) {
      // The path's second word is upstream's.
      errors.invalid(
          FieldPath.of("spec", "attachedRequired"),
          JsonBool.of(after.bool("attachRequired")),
          "field is immutable");
    }
    Scope.of(updated, errors).in("spec").immutable("volumeLifecycleModes", before);
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
