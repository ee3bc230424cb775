package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the rules for a pod's parts need to know of the rest of it.
 *
 * @param template whether this is a workload's template rather than a pod
 * @param volumes by name
 * @param claims names of resource claims, also {@code claim/request} is looked up by its first part
 */
record PodContext(
    JsonObject spec, boolean template, Map<String, JsonObject> volumes, Set<String> claims) {

  static PodContext of(JsonObject spec, boolean template) {
    return new PodContext(
        spec,
        template,
        Trees.byKey(spec.array("volumes"), "name"),
        spec.array("resourceClaims")
            .objects()
            .map(claim -> claim.string("name"))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  boolean hostNetwork() {
    return spec.bool("hostNetwork");
  }

  /** Whether the pod runs in a user namespace of its own. */
  boolean ownUsers() {
    return spec.has("hostUsers") && !spec.bool("hostUsers");
  }

  String os() {
    return spec.object("os").string("name");
  }

  long gracePeriodSeconds() {
    return spec.number("terminationGracePeriodSeconds", 30);
  }
}
