package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.selector.LabelSelector;
import io.tiphys.model.selector.SelectorException;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Deletes a pod if its disruption budget allows it: {@code pods/eviction} (Kubernetes
 * documentation, "API-initiated Eviction").
 */
final class EvictionAction implements Action {
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource BUDGETS = new GroupResource("policy", "poddisruptionbudgets");
  private static final Set<String> UNPROTECTED_PHASES = Set.of("Succeeded", "Failed", "Pending");
  private static final int ATTEMPTS = 20;

  private final Supplier<StoredObjects> objects;
  private final InstantSource clock;

  EvictionAction(Supplier<StoredObjects> objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  @Override
  public JsonObject call(Call call) {
    JsonObject eviction = call.body() == null ? JsonObject.EMPTY : call.body();
    String named = eviction.object("metadata").string("name");
    if (!named.isEmpty() && !named.equals(call.name())) {
      throw ApiException.badRequest("name in URL does not match name in Eviction object");
    }
    JsonObject options = eviction.object("deleteOptions");
    boolean dryRun = call.dryRun() || !options.array("dryRun").isEmpty();
    if (dryRun) {
      options = options.with("dryRun", JsonArray.of(JsonString.of("All")));
    }
    for (int attempt = 1; ; attempt++) {
      try {
        evict(call.namespace(), call.name(), options, dryRun);
        return Successes.created();
      } catch (ApiException e) {
        boolean mayRetry = e.is(Reason.CONFLICT) && !hasVersion(options) && attempt < ATTEMPTS;
        if (!mayRetry) {
          throw e;
        }
      }
    }
  }

  private void evict(String namespace, String name, JsonObject options, boolean dryRun) {
    StoredObjects stored = objects.get();
    JsonObject pod =
        stored.get(PODS, namespace, name).orElseThrow(() -> ApiException.notFound(PODS, name));
    String phase = pod.object("status").string("phase");
    boolean leaving = pod.object("metadata").has("deletionTimestamp");
    if (leaving || UNPROTECTED_PHASES.contains(phase)) {
      boolean mayStart = !leaving && phase.equals("Pending");
      delete(stored, pod, mayStart ? pinned(options, pod) : options);
      return;
    }
    Optional<JsonObject> budget = budget(stored, pod);
    if (budget.isEmpty()) {
      delete(stored, marked(stored, pod, options, dryRun), options);
    } else if (DisruptionBudgets.ignores(budget.get(), pod)) {
      delete(stored, pod, pinned(options, pod));
    } else {
      spend(stored, budget.get(), name, dryRun);
      delete(stored, marked(stored, pod, options, dryRun), options);
    }
  }

  private static Optional<JsonObject> budget(StoredObjects stored, JsonObject pod) {
    List<JsonObject> matching =
        stored.cached(BUDGETS, pod.object("metadata").string("namespace")).stream()
            .filter(budget -> selects(budget, pod))
            .toList();
    if (matching.size() > 1) {
      throw ApiException.of(
          JsonObject.of(
              "kind",
              "Status",
              "apiVersion",
              "v1",
              "metadata",
              JsonObject.EMPTY,
              "status",
              "Failure",
              "message",
              "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                  + " not support.",
              "code",
              500));
    }
    return matching.stream().findFirst();
  }

  private static boolean selects(JsonObject budget, JsonObject pod) {
    try {
      return LabelSelector.ofObject(budget.object("spec").get("selector")).matchesObject(pod);
    } catch (SelectorException _) {
      return false;
    }
  }

  private void spend(StoredObjects stored, JsonObject budget, String pod, boolean dryRun) {
    JsonObject metadata = budget.object("metadata");
    if (dryRun) {
      stored
          .get(BUDGETS, metadata.string("namespace"), metadata.string("name"))
          .ifPresent(now -> DisruptionBudgets.spend(now, pod, clock.instant()));
      return;
    }
    stored
        .registry()
        .update(
            stored.type(BUDGETS),
            metadata.string("namespace"),
            metadata.string("name"),
            "status",
            now -> DisruptionBudgets.spend(now, pod, clock.instant()));
  }

  /** The pod with the condition that tells its owner why it ends. */
  private JsonObject marked(
      StoredObjects stored, JsonObject pod, JsonObject options, boolean dryRun) {
    if (dryRun || hasVersion(options)) {
      return pod;
    }
    JsonObject metadata = pod.object("metadata");
    String uid = options.object("preconditions").string("uid");
    if (!uid.isEmpty() && !uid.equals(metadata.string("uid"))) {
      return pod;
    }
    JsonObject condition =
        JsonObject.of(
            "type",
            "DisruptionTarget",
            "status",
            "True",
            "reason",
            "EvictionByEvictionAPI",
            "message",
            "Eviction API: evicting");
    return stored
        .registry()
        .update(
            stored.type(PODS),
            metadata.string("namespace"),
            metadata.string("name"),
            "status",
            now ->
                now.with(
                    "status",
                    StatusConditions.with(now.object("status"), condition, clock.instant())));
  }

  private static void delete(StoredObjects stored, JsonObject pod, JsonObject options) {
    JsonObject metadata = pod.object("metadata");
    stored
        .registry()
        .delete(stored.type(PODS), metadata.string("namespace"), metadata.string("name"), options);
  }

  private static boolean hasVersion(JsonObject options) {
    return options.object("preconditions").has("resourceVersion");
  }

  /** Options that only delete the pod as it was seen: it may become worth protecting. */
  private static JsonObject pinned(JsonObject options, JsonObject pod) {
    return hasVersion(options)
        ? options
        : options.withAt(
            JsonString.of(pod.object("metadata").string("resourceVersion")),
            "preconditions",
            "resourceVersion");
  }
}
