package io.tiphys.apiserver.kinds.core;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.time.Instant;

/** What a PodDisruptionBudget says to an eviction; pure. */
final class DisruptionBudgets {
  private static final GroupResource BUDGET = new GroupResource("policy", "poddisruptionbudget");
  private static final String REFUSED =
      "Cannot evict pod as it would violate the pod's disruption budget.";
  private static final int MAX_DISRUPTED = 2000;
  private static final int UNPROCESSED_RETRY_SECONDS = 10;

  private DisruptionBudgets() {}

  /**
   * Whether the budget does not count a pod that is not ready: by its policy, or because enough
   * others are healthy.
   */
  static boolean ignores(JsonObject budget, JsonObject pod) {
    if (StatusConditions.isTrue(pod.object("status"), "Ready")) {
      return false;
    }
    JsonObject status = budget.object("status");
    long desired = status.number("desiredHealthy", 0);
    return budget.object("spec").string("unhealthyPodEvictionPolicy").equals("AlwaysAllow")
        || (desired > 0 && status.number("currentHealthy", 0) >= desired);
  }

  /**
   * The budget with one disruption less and the pod noted as disrupted.
   *
   * @throws ApiException 429 if it allows none, Forbidden if it is in disorder
   */
  static JsonObject spend(JsonObject budget, String pod, Instant now) {
    JsonObject status = budget.object("status");
    String name = budget.object("metadata").string("name");
    long generation = budget.object("metadata").number("generation", 0);
    if (status.number("observedGeneration", 0) < generation) {
      throw refused(
          "The disruption budget " + name + " is still being processed by the server.",
          UNPROCESSED_RETRY_SECONDS);
    }
    long allowed = status.number("disruptionsAllowed", 0);
    if (allowed < 0) {
      throw ApiException.forbidden(BUDGET, name, "pdb disruptions allowed is negative");
    }
    JsonObject disrupted = status.object("disruptedPods");
    if (disrupted.size() > MAX_DISRUPTED) {
      throw ApiException.forbidden(
          BUDGET,
          name,
          "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
    }
    if (allowed == 0) {
      throw refused(exhausted(name, status), 0);
    }
    JsonObject spent =
        status
            .with("disruptionsAllowed", allowed - 1)
            .with("disruptedPods", disrupted.with(pod, Timestamps.format(now)));
    if (allowed == 1) {
      spent =
          StatusConditions.with(
              spent,
              JsonObject.of(
                  "type",
                  "DisruptionAllowed",
                  "status",
                  "False",
                  "reason",
                  "InsufficientPods",
                  "message",
                  "",
                  "observedGeneration",
                  status.number("observedGeneration", 0)),
              now);
    }
    return budget.with("status", spent);
  }

  private static String exhausted(String name, JsonObject status) {
    return status
        .array("conditions")
        .objects()
        .filter(c -> c.string("type").equals("DisruptionAllowed"))
        .filter(c -> c.string("reason").equals("SyncFailed"))
        .findFirst()
        .map(c ->
            "The disruption budget "
                + name
                + " does not allow evicting pods currently because it failed sync: "
                + c.string("message"))
        .orElseGet(() ->
            "The disruption budget "
                + name
                + " needs "
                + status.number("desiredHealthy", 0)
                + " healthy pods and has "
                + status.number("currentHealthy", 0)
                + " currently");
  }

  private static ApiException refused(String cause, int retryAfterSeconds) {
    JsonObject details =
        JsonObject.of(
            "causes",
            JsonArray.of(
                JsonObject.of("reason", "DisruptionBudget", "message", JsonString.of(cause))));
    return ApiException.of(
        Reason.TOO_MANY_REQUESTS,
        REFUSED,
        retryAfterSeconds == 0 ? details : details.with("retryAfterSeconds", retryAfterSeconds));
  }
}
