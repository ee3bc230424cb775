package io.tiphys.apiserver.bootstrap;

import io.tiphys.apiserver.authorization.Rule;
import io.tiphys.apiserver.authorization.RuleCoverage;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a default role or binding becomes at a start: what is missing is added, what somebody added
 * stays, and objects with the annotation {@code rbac.authorization.kubernetes.io/autoupdate:
 * "false"} are left alone (upstream documentation, "Auto-reconciliation").
 */
final class RbacReconciliation {
  private RbacReconciliation() {}

  private static boolean leftAlone(JsonObject existing) {
    return existing
        .object("metadata")
        .object("annotations")
        .string(RbacDefaults.AUTO_UPDATE)
        .equals("false");
  }

  static JsonObject role(JsonObject existing, JsonObject wanted) {
    if (leftAlone(existing)) {
      return existing;
    }
    JsonObject role = withMetadata(existing, wanted);
    List<Rule> missing = RuleCoverage.missing(Rule.allOf(existing), Rule.allOf(wanted));
    if (!missing.isEmpty()) {
      List<Json> rules = new ArrayList<>(existing.array("rules").list());
      missing.forEach(rule -> rules.add(rule.toJson()));
      role = role.with("rules", JsonArray.of(rules));
    }
    JsonArray selectors = wanted.object("aggregationRule").array("clusterRoleSelectors");
    JsonArray existingSelectors = existing.object("aggregationRule").array("clusterRoleSelectors");
    if (!existingSelectors.list().containsAll(selectors.list())) {
      role =
          role.withAt(
              union(existingSelectors, selectors), "aggregationRule", "clusterRoleSelectors");
    }
    return role;
  }

  /** The role of a binding cannot change; see {@link #sameRole}. */
  static JsonObject binding(JsonObject existing, JsonObject wanted) {
    if (leftAlone(existing)) {
      return existing;
    }
    JsonObject binding = withMetadata(existing, wanted);
    JsonArray subjects = wanted.array("subjects");
    JsonArray existingSubjects = existing.array("subjects");
    return existingSubjects.list().containsAll(subjects.list())
        ? binding
        : binding.with("subjects", union(existingSubjects, subjects));
  }

  /** Whether an existing binding can be kept; else it must be deleted and made anew. */
  static boolean sameRole(JsonObject existing, JsonObject wanted) {
    return leftAlone(existing) || existing.object("roleRef").equals(wanted.object("roleRef"));
  }

  private static JsonArray union(JsonArray first, JsonArray second) {
    List<Json> all = new ArrayList<>(first.list());
    second.list().stream().filter(item -> !all.contains(item)).forEach(all::add);
    return JsonArray.of(all);
  }

  private static JsonObject withMetadata(JsonObject existing, JsonObject wanted) {
    JsonObject metadata = existing.object("metadata");
    for (String key : List.of("labels", "annotations")) {
      JsonObject all = metadata.object(key);
      JsonObject ours = wanted.object("metadata").object(key);
      for (int i = 0; i < ours.size(); i++) {
        if (!all.has(ours.key(i))) {
          all = all.with(ours.key(i), ours.value(i));
        }
      }
      if (!all.equals(metadata.object(key))) {
        metadata = metadata.with(key, all);
      }
    }
    return metadata.equals(existing.object("metadata"))
        ? existing
        : existing.with("metadata", metadata);
  }
}
