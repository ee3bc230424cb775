package io.tiphys.model.apply;

import io.tiphys.model.apply.ApplyTarget.Versioned;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code metadata.managedFields}: who owns which field (Kubernetes documentation,
 * "Server-Side Apply"; KEP-555). An update takes what it changes from others; an apply owns what it
 * sets, may not change what others own unless it is forced, and removes what it gives up if nobody
 * else owns it.
 */
public final class FieldManager {
  private static final String BEFORE_FIRST_APPLY = "before-first-apply";

  /** What no manager owns: the server sets it, or it identifies the object. */
  private static final FieldSet UNOWNED = unowned();

  private final ApplyTarget target;
  private final Instant now;

  private FieldManager(ApplyTarget target, Instant now) {
    this.target = target;
    this.now = now;
  }

  private static FieldSet unowned() {
    FieldSet set =
        FieldSet.of("f:apiVersion").union(FieldSet.of("f:kind")).union(FieldSet.of("f:metadata"));
    for (String field :
        new String[] {
          "name",
          "namespace",
          "creationTimestamp",
          "selfLink",
          "uid",
          "clusterName",
          "generation",
          "managedFields",
          "resourceVersion"
        }) {
      set = set.union(FieldSet.of("f:metadata", "f:" + field));
    }
    return set;
  }

  /**
   * Tracks a create, update or patch.
   *
   * @param live the object as it is; empty for a create
   * @param updated the object as it will be, with the {@code managedFields} that the client sent
   * @param manager the client's name
   * @return the object as it will be, with the owners of its fields
   */
  public static JsonObject update(
      ApplyTarget target, JsonObject live, JsonObject updated, String manager, Instant now) {
    return new FieldManager(target, now).update(live, updated, manager);
  }

  /**
   * Applies a configuration.
   *
   * @param live the object as it is; empty if there is none
   * @param config what the manager wants; in the target's version, without {@code managedFields}
   * @param force whether to take fields from others
   * @return the object as it will be, with the owners of its fields; before defaulting
   * @throws ApiException 409 that names the owners of the fields in conflict, 400 if the
   *     configuration does not fit the schema
   */
  public static JsonObject apply(
      ApplyTarget target,
      JsonObject live,
      JsonObject config,
      String manager,
      boolean force,
      Instant now) {
    return new FieldManager(target, now).apply(live, config, manager, force);
  }

  private JsonObject update(JsonObject live, JsonObject updated, String manager) {
    ManagedFields managed =
        target.subresource().isEmpty()
            ? ManagedFields.ofUpdate(live, updated)
            : ManagedFields.ofLive(live);
    boolean create = live.object("metadata").string("uid").isEmpty();
    if (managed.isEmpty() && !create) {
      return ManagedFields.strip(updated);
    }
    track(managed, live, updated, manager);
    managed.cap();
    return managed.applyTo(updated);
  }

  /** Gives what an update changes to its manager. */
  private void track(
      ManagedFields managed, JsonObject live, JsonObject updated, String managerName) {
    JsonObject before = ManagedFields.strip(live);
    JsonObject after = ManagedFields.strip(updated);
    Comparison changes = Comparison.of(before, after, target.type());
    Comparison counted = changes.without(target.resetFields());
    Map<String, Comparison> byVersion = new HashMap<>(Map.of(target.apiVersion(), counted));
    for (Ownership owner : managed.list()) {
      Comparison seen = compareAt(byVersion, owner.apiVersion(), before, after);
      if (seen == null) {
        managed.remove(owner.manager());
      } else if (!seen.isSame()) {
        managed.put(owner.with(owner.fields().difference(seen.set()).difference(seen.removed())));
      }
    }
    Manager manager = Manager.updater(managerName, target.apiVersion(), target.subresource());
    FieldSet taken = counted.set().difference(UNOWNED);
    if (!taken.isEmpty()) {
      FieldSet all = managed.get(manager).map(o -> taken.union(o.fields())).orElse(taken);
      managed.put(new Ownership(manager, target.apiVersion(), Timestamps.format(now), all, null));
    }
  }

  /** What changed, as a version shows it; null if the version is not served any more. */
  private @Nullable Comparison compareAt(
      Map<String, Comparison> known, String apiVersion, JsonObject before, JsonObject after) {
    Comparison found = known.get(apiVersion);
    if (found != null) {
      return found;
    }
    Optional<Versioned> old = target.at(before, apiVersion);
    Optional<Versioned> now = target.at(after, apiVersion);
    if (old.isEmpty() || now.isEmpty()) {
      return null;
    }
    Comparison changes =
        Comparison.of(old.get().object(), now.get().object(), now.get().type())
            .without(target.resetFields());
    known.put(apiVersion, changes);
    return changes;
  }

  private JsonObject apply(JsonObject live, JsonObject config, String name, boolean force) {
    check(config);
    ManagedFields managed = managedForApply(live);
    JsonObject before = ManagedFields.strip(live);
    Manager manager = Manager.applier(name, target.subresource());
    FieldExtractor.Result extracted = FieldExtractor.extract(config, target.type());
    if (!extracted.faults().isEmpty()) {
      throw ApiException.badRequest(
          "failed to create typed patch object ("
              + config.object("metadata").string("namespace")
              + "/"
              + config.object("metadata").string("name")
              + "; "
              + GroupVersion.parse(config.string("apiVersion")).kind(config.string("kind"))
              + "): "
              + extracted.message());
    }
    FieldSet fields = extracted.fields().recursiveDifference(target.resetFields());
    Ownership last = managed.get(manager).orElse(null);
    Ownership mine =
        new Ownership(manager, target.apiVersion(), last == null ? "" : last.time(), fields, null);
    managed.remove(manager);
    JsonObject merged = TreeMerge.merge(before, config, target.type());
    JsonObject after = last == null ? merged : prune(merged, managed, mine, last);
    boolean changed = !after.equals(before);
    takeFromOthers(managed, before, after, name, force);
    managed.put(
        mine.with(fields.difference(UNOWNED)).at(changed ? Timestamps.format(now) : mine.time()));
    JsonObject result = managed.applyTo(changed ? after : before);
    return name.equals(LastApplied.MANAGER) ? LastApplied.update(result, config) : result;
  }

  private void check(JsonObject config) {
    String version = config.string("apiVersion");
    if (!version.equals(target.apiVersion())) {
      throw ApiException.badRequest(
          "Incorrect version specified in apply patch. Specified patch version: "
              + version
              + ", expected: "
              + target.apiVersion());
    }
    if (ManagedFields.value(config) != null && ManagedFields.value(config) != JsonNull.NULL) {
      throw ApiException.badRequest("metadata.managedFields must be nil");
    }
  }

  /** The owners; of an object that nobody tracked so far, someone who set all of it. */
  private ManagedFields managedForApply(JsonObject live) {
    ManagedFields managed;
    try {
      managed = ManagedFields.of(live);
    } catch (JsonException e) {
      throw ApiException.badRequest("failed to decode managed fields: " + e.getMessage());
    }
    if (managed.isEmpty() && !live.isEmpty()) {
      track(managed, JsonObject.EMPTY, live, BEFORE_FIRST_APPLY);
    }
    return managed;
  }

  /** Removes what the manager applied last time, not now, and nobody else owns. */
  private JsonObject prune(
      JsonObject merged, ManagedFields others, Ownership mine, Ownership last) {
    Versioned seen = target.at(merged, last.apiVersion()).orElse(null);
    if (seen == null) {
      return merged;
    }
    FieldSet lastFields = last.fields().withNamedParents(seen.type());
    JsonObject pruned = TreePrune.remove(seen.object(), lastFields, seen.type());
    Set<String> versions = new HashSet<>(Set.of(mine.apiVersion()));
    others.list().forEach(o -> versions.add(o.apiVersion()));
    for (String version : versions) {
      pruned = addBackOwned(merged, pruned, others, mine, version, last.apiVersion());
    }
    FieldSet gone = gone(seen.object(), pruned, seen).intersection(lastFields);
    JsonObject result = TreePrune.remove(seen.object(), gone, seen.type());
    if (last.apiVersion().equals(target.apiVersion())) {
      return result;
    }
    return target
        .versions()
        .convert(result, target.apiVersion())
        .map(Versioned::object)
        .orElse(merged);
  }

  /** The fields of the first object that the second lacks. */
  private static FieldSet gone(JsonObject all, JsonObject pruned, Versioned seen) {
    FieldSet before = FieldExtractor.extract(all, seen.type()).fields();
    FieldSet after = FieldExtractor.extract(pruned, seen.type()).fields();
    return before.withNamedParents(seen.type()).difference(after.withNamedParents(seen.type()));
  }

  private JsonObject addBackOwned(
      JsonObject merged,
      JsonObject pruned,
      ManagedFields others,
      Ownership mine,
      String version,
      String prunedVersion) {
    Versioned all = target.at(merged, version).orElse(null);
    Versioned rest =
        version.equals(prunedVersion) || all == null
            ? new Versioned(pruned, all == null ? null : all.type())
            : target.versions().convert(pruned, version).orElse(null);
    if (all == null || rest == null) {
      return pruned;
    }
    FieldSet owned = version.equals(mine.apiVersion()) ? mine.fields() : FieldSet.EMPTY;
    for (Ownership other : others.list()) {
      owned = other.apiVersion().equals(version) ? owned.union(other.fields()) : owned;
    }
    FieldSet unowned =
        gone(all.object(), rest.object(), all).difference(owned.withNamedParents(all.type()));
    JsonObject result = TreePrune.remove(all.object(), unowned, all.type());
    return version.equals(prunedVersion)
        ? result
        : target.versions().convert(result, prunedVersion).map(Versioned::object).orElse(pruned);
  }

  private void takeFromOthers(
      ManagedFields managed, JsonObject before, JsonObject after, String name, boolean force) {
    Map<String, Comparison> byVersion = new HashMap<>();
    TreeMap<Manager, FieldSet> taken = new TreeMap<>();
    for (Ownership owner : managed.list()) {
      Comparison changes = compareAt(byVersion, owner.apiVersion(), before, after);
      if (changes == null) {
        managed.remove(owner.manager());
        continue;
      }
      FieldSet conflict = owner.fields().intersection(changes.set());
      if (!conflict.isEmpty()) {
        taken.put(owner.manager(), conflict);
      }
      managed.put(
          owner.with(owner.fields().difference(changes.set()).difference(changes.removed())));
    }
    Conflicts conflicts = new Conflicts(taken);
    if (force || conflicts.isEmpty()) {
      return;
    }
    if (name.equals(LastApplied.MANAGER)) {
      conflicts = conflicts.without(LastApplied.fields(before, target.apiVersion(), target.type()));
    }
    if (!conflicts.isEmpty()) {
      throw conflicts.toApiException();
    }
  }
}
