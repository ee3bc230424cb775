package io.tiphys.apiserver.rest;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the changes of what is wanted: {@code metadata.generation} is 1 in a new object and grows
 * with each change of anything but metadata and status. Upstream counts only for some kinds.
 */
final class Generations {
  private static final Set<GroupResource> COUNTED =
      Stream.of(
              "/pods /podtemplates /replicationcontrollers",
              "apps/daemonsets apps/deployments apps/replicasets apps/statefulsets",
              "batch/cronjobs batch/jobs",
              "networking.k8s.io/ingresses networking.k8s.io/ingressclasses",
              "networking.k8s.io/networkpolicies",
              "policy/poddisruptionbudgets",
              "scheduling.k8s.io/priorityclasses",
              "discovery.k8s.io/endpointslices",
              "resource.k8s.io/deviceclasses resource.k8s.io/resourceslices")
          .flatMap(line -> Stream.of(line.split(" ", -1)))
          .map(Generations::resource)
          .collect(Collectors.toUnmodifiableSet());

  private static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");

  private Generations() {}

  private static GroupResource resource(String text) {
    int slash = text.indexOf('/');
    return new GroupResource(text.substring(0, slash), text.substring(slash + 1));
  }

  static JsonObject ofNew(GroupResource resource, JsonObject object) {
    JsonObject metadata = object.object("metadata").without("generation");
    return object.with(
        "metadata", COUNTED.contains(resource) ? metadata.with("generation", 1) : metadata);
  }

  static JsonObject ofUpdated(GroupResource resource, JsonObject updated, JsonObject current) {
    JsonObject metadata = updated.object("metadata");
    long before = current.object("metadata").number("generation", 0);
    boolean changed = wantsChange(updated, current) || annotates(resource, updated, current);
    long after = COUNTED.contains(resource) && changed ? before + 1 : before;
    return updated.with(
        "metadata",
        after == 0 ? metadata.without("generation") : metadata.with("generation", after));
  }

  /** A deletion that takes time is a change of what is wanted, for whoever counts. */
  static JsonObject next(JsonObject metadata) {
    long now = metadata.number("generation", 0);
    return now > 0 ? metadata.with("generation", now + 1) : metadata;
  }

  private static boolean wantsChange(JsonObject updated, JsonObject current) {
    return !wanted(updated).equals(wanted(current));
  }

  /** Deployments hand their annotations down to ReplicaSets, so these are wanted too. */
  private static boolean annotates(GroupResource resource, JsonObject updated, JsonObject current) {
    return resource.equals(DEPLOYMENTS)
        && !updated
            .object("metadata")
            .object("annotations")
            .equals(current.object("metadata").object("annotations"));
  }

  private static JsonObject wanted(JsonObject object) {
    return object.without("metadata").without("status");
  }
}
