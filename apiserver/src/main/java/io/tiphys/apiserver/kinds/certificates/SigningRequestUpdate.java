package io.tiphys.apiserver.kinds.certificates;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Updates of a CertificateSigningRequest by those who approve it ({@code approval}) and those who
 * sign it ({@code status}). What is decided stays decided, a certificate is issued once.
 */
record SigningRequestUpdate(Part part, InstantSource clock) implements Strategy {

  /** A subresource. */
  enum Part {
    STATUS,
    APPROVAL
  }

  private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");
  private static final List<String> DECISIONS = List.of("Approved", "Denied");
  private static final List<String> FINAL = List.of("Approved", "Denied", "Failed");
  private static final FieldPath CONDITIONS = FieldPath.of("status", "conditions");

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    JsonObject result = Trees.keep(updated, "spec", current);
    if (part == Part.APPROVAL) {
      JsonObject status =
          Trees.keep(current.object("status"), "conditions", updated.object("status"));
      result = status.isEmpty() ? result.without("status") : result.with("status", status);
    }
    JsonObject before = current.object("status");
    return Trees.change(
        result, "status", status -> Trees.changeEach(status, "conditions", c -> timed(c, before)));
  }

  private JsonObject timed(JsonObject condition, JsonObject before) {
    JsonString now = JsonString.of(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    Json changed =
        before
            .array("conditions")
            .objects()
            .filter(c ->
                c.string("type").equals(condition.string("type"))
                    && c.string("status").equals(condition.string("status"))
                    && c.has("lastTransitionTime"))
            .findFirst()
            .map(c -> (Json) JsonString.of(c.string("lastTransitionTime")))
            .orElse(now);
    return Trees.setIfAbsent(
        Trees.setIfAbsent(condition, "lastUpdateTime", now), "lastTransitionTime", changed);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope status = Scope.of(updated, errors).in("status");
    conditions(status);
    for (String type : FINAL) {
      removed(count(current, type), count(updated, type), type, errors);
    }
    if (part == Part.STATUS) {
      DECISIONS.forEach(type -> decided(updated, current, type, errors));
    }
    certificate(status, current.object("status").string("certificate"));
  }

  private static void conditions(Scope status) {
    Set<String> seen = new HashSet<>();
    status.each(
        "conditions",
        condition -> {
          condition.required("type");
          String type = condition.string("type");
          condition.requiredOneOf("status", FINAL.contains(type) ? Set.of("True") : STATUSES);
          if (!seen.add(type)) {
            condition.errors().duplicate(condition.at("type"), JsonString.of(type));
          }
        });
    if (seen.containsAll(DECISIONS)) {
      status
          .errors()
          .invalid(
              CONDITIONS,
              JsonString.of("Denied"),
              "Approved and Denied conditions are mutually exclusive");
    }
  }

  private static List<JsonObject> of(JsonObject request, String type) {
    return request
        .object("status")
        .array("conditions")
        .objects()
        .filter(c -> c.string("type").equals(type))
        .toList();
  }

  private static int count(JsonObject request, String type) {
    return of(request, type).size();
  }

  private static void removed(int before, int after, String type, FieldErrors errors) {
    if (after < before) {
      errors.forbidden(CONDITIONS, "updates may not remove a condition of type \"" + type + "\"");
    }
  }

  /** Only the approval subresource decides. */
  private static void decided(
      JsonObject updated, JsonObject current, String type, FieldErrors errors) {
    List<JsonObject> after = of(updated, type);
    List<JsonObject> before = of(current, type);
    if (after.size() > before.size()) {
      errors.forbidden(CONDITIONS, "updates may not add a condition of type \"" + type + "\"");
    } else if (after.size() == before.size() && !after.equals(before)) {
      errors.forbidden(CONDITIONS, "updates may not modify a condition of type \"" + type + "\"");
    }
  }

  private void certificate(Scope status, String before) {
    String after = status.string("certificate");
    if (after.equals(before)) {
      return;
    }
    if (!before.isEmpty()) {
      status.forbidden("certificate", "updates may not modify existing certificate content");
      return;
    }
    Pem.certificatesFault(after)
        .ifPresent(fault ->
            status
                .errors()
                .invalid(status.at("certificate"), JsonString.of("<certificate data>"), fault));
  }
}
