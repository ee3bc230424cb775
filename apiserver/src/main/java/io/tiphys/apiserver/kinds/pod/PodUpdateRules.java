package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.TreeDiff;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an ordinary update of a pod may change: little. */
public final class PodUpdateRules {
  private static final String MAY_CHANGE =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
          + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
          + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
          + " previously negative)\n";
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  private PodUpdateRules() {}

  /** Checks a pod's spec beside the current one. */
  public static void validate(Scope spec, JsonObject current) {
    boolean sameCount = true;
    for (String list : List.of("containers", "initContainers")) {
      if (spec.value().array(list).size() != current.array(list).size()) {
        spec.forbidden(list, "pod updates may not add or remove containers");
        sameCount = false;
      }
    }
    if (!sameCount) {
      return;
    }
    activeDeadline(spec, current);
    boolean gated = !current.array("schedulingGates").isEmpty();
    gates(spec, current);
    tolerations(spec, current);
    if (gated) {
      nodeSelector(spec, current);
      nodeAffinity(spec, current);
    }
    JsonObject rest = withoutChanges(spec.value(), current, gated);
    if (!Trees.same(rest, current)) {
      spec.errors().forbidden(spec.path(), MAY_CHANGE + TreeDiff.of(current, rest, spec.path()));
    }
  }

  /** The updated spec with everything that may change set back. */
  private static JsonObject withoutChanges(JsonObject updated, JsonObject current, boolean gated) {
    JsonObject rest = updated;
    for (String list : List.of("containers", "initContainers")) {
      JsonArray before = current.array(list);
      JsonArray now = rest.array(list);
      for (int i = 0; i < now.size(); i++) {
        if (now.get(i) instanceof JsonObject container && before.get(i) instanceof JsonObject old) {
          now = now.with(i, Trees.keep(container, "image", old));
        }
      }
      rest = now.isEmpty() ? rest : rest.with(list, now);
    }
    rest = Trees.keep(rest, "activeDeadlineSeconds", current);
    rest = Trees.keep(rest, "tolerations", current);
    rest = Trees.keep(rest, "schedulingGates", current);
    if (current.number("terminationGracePeriodSeconds", 0) < 0
        && updated.number("terminationGracePeriodSeconds", 0) == 1) {
      rest = Trees.keep(rest, "terminationGracePeriodSeconds", current);
    }
    if (gated) {
      rest = Trees.keep(rest, "nodeSelector", current);
      rest = Trees.keepIn(rest, "affinity", "nodeAffinity", current);
      rest =
          Trees.same(rest.get("affinity"), current.get("affinity"))
              ? Trees.keep(rest, "affinity", current)
              : rest;
    }
    return rest;
  }

  private static void activeDeadline(Scope spec, JsonObject current) {
    String field = "activeDeadlineSeconds";
    if (!current.has(field)) {
      return;
    }
    if (!spec.has(field)) {
      spec.errors()
          .invalid(
              spec.at(field),
              JsonNull.NULL,
              "must not update from a positive integer to nil value");
    } else {
      spec.check(
          field,
          n -> n <= current.number(field, 0),
          "must be less than or equal to previous value");
    }
  }

  private static void gates(Scope spec, JsonObject current) {
    Set<String> before =
        current
            .array("schedulingGates")
            .objects()
            .map(g -> g.string("name"))
            .collect(Collectors.toSet());
    spec.each(
        "schedulingGates",
        gate -> {
          if (!before.contains(gate.string("name"))) {
            gate.errors()
                .forbidden(
                    gate.path(),
                    "only deletion is allowed, but found new scheduling gate '"
                        + gate.string("name")
                        + "'");
          }
        });
  }

  private static void tolerations(Scope spec, JsonObject current) {
    Set<JsonObject> now =
        spec.value()
            .array("tolerations")
            .objects()
            .map(t -> t.without("tolerationSeconds"))
            .collect(Collectors.toSet());
    boolean allKept =
        current
            .array("tolerations")
            .objects()
            .allMatch(t -> now.contains(t.without("tolerationSeconds")));
    if (!allKept) {
      spec.forbidden(
          "tolerations", "existing toleration can not be modified except its tolerationSeconds");
    }
  }

  private static void nodeSelector(Scope spec, JsonObject current) {
    JsonObject now = spec.value().object("nodeSelector");
    JsonObject before = current.object("nodeSelector");
    spec.unless(
        !before.keys().stream().allMatch(key -> Trees.same(before.get(key), now.get(key))),
        "nodeSelector",
        "only additions are allowed to spec.nodeSelector (no mutations or deletions)");
  }

  private static void nodeAffinity(Scope spec, JsonObject current) {
    JsonArray before =
        current
            .object("affinity")
            .object("nodeAffinity")
            .object(REQUIRED)
            .array("nodeSelectorTerms");
    Scope required = spec.in("affinity").in("nodeAffinity").in(REQUIRED);
    JsonArray now = required.value().array("nodeSelectorTerms");
    if (before.isEmpty()) {
      return;
    }
    if (now.size() != before.size()) {
      required
          .errors()
          .invalid(
              required.at("nodeSelectorTerms"),
              now,
              "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
      return;
    }
    for (int i = 0; i < now.size(); i++) {
      if (!extendsTerm((JsonObject) now.get(i), (JsonObject) before.get(i))) {
        required
            .errors()
            .invalid(
                required.at("nodeSelectorTerms").index(i),
                now.get(i),
                "only additions are allowed (no mutations or deletions)");
      }
    }
  }

  private static boolean extendsTerm(JsonObject now, JsonObject before) {
    return List.of("matchExpressions", "matchFields").stream()
        .allMatch(list -> now.array(list).list().containsAll(before.array(list).list()));
  }
}
