package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.selector.LabelSelector;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the rules of aggregated ClusterRoles: the union of the rules of all roles that their {@code
 * aggregationRule} selects (upstream documentation, "Aggregated ClusterRoles").
 */
public final class AggregatedRoles {
  private final StoredObjects objects;
  private long seen = -1;

  public AggregatedRoles(StoredObjects objects) {
    this.objects = objects;
  }

  /** Brings all aggregated roles up to date if any ClusterRole has changed since the last call. */
  public synchronized void reconcileIfChanged() {
    long change = objects.lastChange(RbacAuthorizer.CLUSTER_ROLES);
    if (change != seen) {
      reconcile();
      seen = change;
    }
  }

  /**
   * Brings all aggregated roles up to date, also those that aggregate others of their kind. Writes
   * nothing if there is nothing to do.
   */
  public void reconcile() {
    List<JsonObject> roles = new ArrayList<>(objects.cached(RbacAuthorizer.CLUSTER_ROLES, ""));
    for (int round = 0; round < roles.size() && reconcileOnce(roles); round++) {}
  }

  /** Returns whether a role was changed, in which case others may change by it. */
  private boolean reconcileOnce(List<JsonObject> roles) {
    boolean changed = false;
    for (int i = 0; i < roles.size(); i++) {
      JsonObject role = roles.get(i);
      JsonArray selectors = role.object("aggregationRule").array("clusterRoleSelectors");
      if (!role.has("aggregationRule")) {
        continue;
      }
      JsonArray rules = union(role, selectors, roles);
      if (!rules.equals(role.array("rules"))) {
        roles.set(i, role.with("rules", rules));
        write(name(role), rules);
        changed = true;
      }
    }
    return changed;
  }

  private void write(String name, JsonArray rules) {
    try {
      objects
          .registry()
          .update(
              objects.type(RbacAuthorizer.CLUSTER_ROLES),
              "",
              name,
              "",
              role ->
                  role.has("aggregationRule") && !rules.equals(role.array("rules"))
                      ? role.with("rules", rules)
                      : role);
    } catch (ApiException e) {
      if (!e.is(Reason.NOT_FOUND)) {
        throw e;
      }
    }
  }

  /** The rules of the selected roles, by their names' order, each rule once. */
  static JsonArray union(JsonObject role, JsonArray selectors, Collection<JsonObject> roles) {
    List<LabelSelector> parsed = selectors.objects().map(LabelSelector::ofObject).toList();
    Set<Json> rules = new LinkedHashSet<>();
    roles.stream()
        .filter(other -> !name(other).equals(name(role)))
        .filter(other -> parsed.stream().anyMatch(selector -> selector.matchesObject(other)))
        .sorted(Comparator.comparing(AggregatedRoles::name))
        .forEach(other -> rules.addAll(other.array("rules").list()));
    return JsonArray.of(rules);
  }

  private static String name(JsonObject role) {
    return role.object("metadata").string("name");
  }
}
