package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.selector.FieldSelector;
import io.tiphys.model.selector.SelectorException;
import java.util.List;
import java.util.Set;

/**
 * Mode {@code Node}: a kubelet may read and write what concerns its own node, and what the pods on
 * it refer to (upstream documentation, "Using Node Authorization"; KEP-4601 for lists).
 */
public final class NodeAuthorizer implements Authorizer {
  private static final String NODE_PREFIX = "system:node:";
  private static final String LEASE_NAMESPACE = "kube-node-lease";
  private static final Verdict ALLOW = Verdict.allow("");
  private static final Verdict NO_OPINION = Verdict.noOpinion("");
  private static final Set<String> READ = Set.of("get", "list", "watch");
  private static final Set<String> OWN_OBJECT =
      Set.of("get", "create", "update", "patch", "delete");

  private final NodeRelations relations;
  private final List<Rule> rules;

  /**
   * @param rules of the role {@code system:node}: what every node may do, where objects of others
   *     need no protection
   */
  public NodeAuthorizer(StoredObjects objects, List<Rule> rules) {
    this.relations = new NodeRelations(objects);
    this.rules = List.copyOf(rules);
  }

  @Override
  public Verdict authorize(Attributes asked) {
    UserInfo user = asked.user();
    if (!isNode(user)) {
      return NO_OPINION;
    }
    String node = user.name().substring(NODE_PREFIX.length());
    if (node.isEmpty()) {
      return Verdict.noOpinion("unknown node for user \"" + user.name() + "\"");
    }
    if (!asked.resourceRequest()) {
      return byRules(asked);
    }
    return switch (new GroupResource(asked.group(), asked.resource()).toString()) {
      case "secrets" -> read(node, asked, relations::usesSecret);
      case "configmaps" -> read(node, asked, relations::usesConfigMap);
      case "persistentvolumeclaims" ->
          asked.subresource().equals("status")
              ? updateStatus(node, asked, relations::usesClaim)
              : get(node, asked, relations::usesClaim);
      case "persistentvolumes" -> get(node, asked, (n, _, name) -> relations.usesVolume(n, name));
      case "resourceclaims.resource.k8s.io" -> get(node, asked, relations::usesResourceClaim);
      case "volumeattachments.storage.k8s.io" ->
          get(node, asked, (n, _, name) -> relations.hasAttachment(n, name));
      case "serviceaccounts" -> serviceAccount(node, asked);
      case "leases.coordination.k8s.io" -> lease(node, asked);
      case "csinodes.storage.k8s.io" -> csiNode(node, asked);
      case "resourceslices.resource.k8s.io" -> slice(node, asked);
      case "nodes" -> node(node, asked);
      case "pods" -> pod(node, asked);
      default -> byRules(asked);
    };
  }

  private static boolean isNode(UserInfo user) {
    return user.name().startsWith(NODE_PREFIX) && user.inGroup(UserInfo.NODES);
  }

  @Override
  public GrantedRules rulesFor(UserInfo user, String namespace) {
    return isNode(user)
        ? new GrantedRules(
            List.of(), List.of("node authorizer does not support user rule resolution"), true)
        : GrantedRules.NONE;
  }

  /** Whether something belongs to a node. */
  @FunctionalInterface
  private interface Relation {
    boolean holds(String node, String namespace, String name);
  }

  private Verdict byRules(Attributes asked) {
    return rules.stream().anyMatch(rule -> rule.allows(asked)) ? ALLOW : NO_OPINION;
  }

  private static Verdict related(String node, Attributes asked, Relation relation) {
    if (asked.name().isEmpty()) {
      return Verdict.noOpinion("No Object name found");
    }
    return relation.holds(node, asked.namespace(), asked.name())
        ? ALLOW
        : Verdict.noOpinion("no relationship found between node '" + node + "' and this object");
  }

  private static Verdict read(String node, Attributes asked, Relation relation) {
    if (!READ.contains(asked.verb())) {
      return Verdict.noOpinion("can only read resources of this type");
    }
    if (!asked.subresource().isEmpty()) {
      return Verdict.noOpinion("cannot read subresource");
    }
    return asked.namespace().isEmpty()
        ? Verdict.noOpinion("can only read namespaced object of this type")
        : related(node, asked, relation);
  }

  private static Verdict get(String node, Attributes asked, Relation relation) {
    if (!asked.verb().equals("get")) {
      return Verdict.noOpinion("can only get individual resources of this type");
    }
    return asked.subresource().isEmpty()
        ? related(node, asked, relation)
        : Verdict.noOpinion("cannot get subresource");
  }

  private static Verdict updateStatus(String node, Attributes asked, Relation relation) {
    return asked.verb().equals("update") || asked.verb().equals("patch")
        ? related(node, asked, relation)
        : Verdict.noOpinion("can only get/update/patch this type");
  }

  private Verdict serviceAccount(String node, Attributes asked) {
    if (asked.subresource().isEmpty() && READ.contains(asked.verb())) {
      return get(node, asked, relations::usesServiceAccount);
    }
    if (!asked.verb().equals("create") || asked.name().isEmpty()) {
      return Verdict.noOpinion("can only create tokens for individual service accounts");
    }
    return asked.subresource().equals("token")
        ? related(node, asked, relations::usesServiceAccount)
        : Verdict.noOpinion("can only create token subresource of serviceaccount");
  }

  private static Verdict lease(String node, Attributes asked) {
    if (!OWN_OBJECT.contains(asked.verb())) {
      return Verdict.noOpinion("can only get, create, update, patch, or delete a node lease");
    }
    if (!asked.namespace().equals(LEASE_NAMESPACE)) {
      return Verdict.noOpinion(
          "can only access leases in the \"" + LEASE_NAMESPACE + "\" system namespace");
    }
    return asked.verb().equals("create") || asked.name().equals(node)
        ? ALLOW
        : Verdict.noOpinion("can only access node lease with the same name as the requesting node");
  }

  private static Verdict csiNode(String node, Attributes asked) {
    if (!OWN_OBJECT.contains(asked.verb())) {
      return Verdict.noOpinion("can only get, create, update, patch, or delete a CSINode");
    }
    if (!asked.subresource().isEmpty()) {
      return Verdict.noOpinion("cannot authorize CSINode subresources");
    }
    return asked.verb().equals("create") || asked.name().equals(node)
        ? ALLOW
        : Verdict.noOpinion("can only access CSINode with the same name as the requesting node");
  }

  private Verdict slice(String node, Attributes asked) {
    if (!asked.subresource().isEmpty()) {
      return Verdict.noOpinion("cannot authorize ResourceSlice subresources");
    }
    return switch (asked.verb()) {
      case "create" -> ALLOW;
      case "get", "update", "patch", "delete" ->
          related(node, asked, (n, _, name) -> relations.hasSlice(n, name));
      case "watch", "list", "deletecollection" ->
          selects(asked, "spec.nodeName", node) || selects(asked, "nodeName", node)
              ? ALLOW
              : Verdict.noOpinion(
                  "can only list/watch/deletecollection resourceslices with nodeName field"
                      + " selector");
      default ->
          Verdict.noOpinion(
              "only the following verbs are allowed for a ResourceSlice: get, watch, list, create,"
                  + " update, patch, delete, deletecollection");
    };
  }

  /** The name alone counts, so that a kubelet may look for its Node before it exists. */
  private static Verdict node(String node, Attributes asked) {
    boolean write = asked.verb().equals("update") || asked.verb().equals("patch");
    if (asked.subresource().equals("status")) {
      return write ? ALLOW : NO_OPINION;
    }
    if (!asked.subresource().isEmpty()) {
      return NO_OPINION;
    }
    if (write || asked.verb().equals("create")) {
      return ALLOW;
    }
    if (!READ.contains(asked.verb())) {
      return NO_OPINION;
    }
    if (asked.name().equals(node) || selects(asked, "metadata.name", node)) {
      return ALLOW;
    }
    return Verdict.noOpinion(
        "node '"
            + node
            + "' cannot read "
            + (asked.name().isEmpty() ? "all nodes" : "'" + asked.name() + "'")
            + ", only its own Node object");
  }

  private Verdict pod(String node, Attributes asked) {
    return switch (asked.subresource() + ":" + asked.verb()) {
      case ":get" -> related(node, asked, relations::isPodOf);
      case ":list", ":watch" -> {
        if (selects(asked, "spec.nodeName", node)) {
          yield ALLOW;
        }
        yield asked.name().isEmpty()
            ? Verdict.noOpinion("can only list/watch pods with spec.nodeName field selector")
            : related(node, asked, relations::isPodOf);
      }
      case ":create", ":delete", "status:update", "status:patch", "eviction:create" -> ALLOW;
      default -> NO_OPINION;
    };
  }

  /** Whether the request's field selector admits objects of this node only. */
  private static boolean selects(Attributes asked, String field, String node) {
    if (asked.fieldSelector().isEmpty()) {
      return false;
    }
    try {
      return FieldSelector.parse(asked.fieldSelector())
          .requiredValue(field)
          .filter(node::equals)
          .isPresent();
    } catch (SelectorException e) {
      return false;
    }
  }
}
