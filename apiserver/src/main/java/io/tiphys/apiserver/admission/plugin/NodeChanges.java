package io.tiphys.apiserver.admission.plugin;

import static io.tiphys.apiserver.admission.plugin.NodeRestriction.orEmpty;
import static io.tiphys.apiserver.admission.plugin.NodeRestriction.unless;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a kubelet may do with Nodes: create and change its own one, but nothing that draws pods to
 * it that are not meant for it.
 */
final class NodeChanges {
  private static final String RESTRICTED = "node-restriction.kubernetes.io";

  /** Labels of Kubernetes' domains that kubelets set. */
  private static final Set<String> KUBELET_LABELS =
      Set.of(
          "kubernetes.io/hostname",
          "kubernetes.io/os",
          "kubernetes.io/arch",
          "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region",
          "node.kubernetes.io/instance-type",
          "beta.kubernetes.io/instance-type",
          "beta.kubernetes.io/os",
          "beta.kubernetes.io/arch");

  private static final List<String> KUBELET_DOMAINS =
      List.of("kubelet.kubernetes.io", "node.kubernetes.io");
  private static final List<String> KUBERNETES_DOMAINS = List.of("kubernetes.io", "k8s.io");

  private NodeChanges() {}

  static Optional<String> fault(String node, AdmissionRequest request) {
    String self = "node \"" + node + "\"";
    if (!request.name().equals(node)) {
      return Optional.of(self + " is not allowed to modify node \"" + request.name() + "\"");
    }
    JsonObject updated = orEmpty(request.object());
    return switch (request.operation()) {
      case CREATE -> creation(self, updated);
      case UPDATE -> update(self, updated, orEmpty(request.old()));
      case DELETE, CONNECT -> Optional.empty();
    };
  }

  private static Optional<String> creation(String self, JsonObject node) {
    if (node.object("spec").has("configSource")) {
      return Optional.of(self + " is not allowed to create pods with a non-nil configSource");
    }
    Set<String> labels = forbidden(labels(node), JsonObject.EMPTY);
    return unless(
        labels.isEmpty(),
        self + " is not allowed to set the following labels: " + String.join(", ", labels));
  }

  private static Optional<String> update(String self, JsonObject node, JsonObject old) {
    JsonObject spec = node.object("spec");
    if (spec.has("configSource")
        && !Trees.same(spec.get("configSource"), old.object("spec").get("configSource"))) {
      return Optional.of(
          self + " is not allowed to update configSource to a new non-nil configSource");
    }
    if (!Trees.same(spec.get("taints"), old.object("spec").get("taints"))) {
      return Optional.of(self + " is not allowed to modify taints");
    }
    String owners = "ownerReferences";
    if (!Trees.same(node.object("metadata").get(owners), old.object("metadata").get(owners))) {
      return Optional.of(self + " is not allowed to modify ownerReferences");
    }
    Set<String> labels = forbidden(labels(node), labels(old));
    return unless(
        labels.isEmpty(), "is not allowed to modify labels: " + String.join(", ", labels));
  }

  private static JsonObject labels(JsonObject node) {
    return node.object("metadata").object("labels");
  }

  /** The labels that differ and are not a kubelet's to set. */
  private static Set<String> forbidden(JsonObject now, JsonObject before) {
    TreeSet<String> keys = new TreeSet<>(now.keys());
    keys.addAll(before.keys());
    keys.removeIf(key -> Objects.equals(now.get(key), before.get(key)) || mayBeSet(key));
    return keys;
  }

  private static boolean mayBeSet(String key) {
    String domain = key.substring(0, Math.max(0, key.indexOf('/')));
    if (within(domain, RESTRICTED)) {
      return false;
    }
    return KUBERNETES_DOMAINS.stream().noneMatch(d -> within(domain, d))
        || KUBELET_LABELS.contains(key)
        || KUBELET_DOMAINS.stream().anyMatch(d -> within(domain, d));
  }

  private static boolean within(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }
}
