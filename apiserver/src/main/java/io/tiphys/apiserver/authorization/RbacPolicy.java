package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All roles and bindings at one moment, indexed by subject, so that a question touches only what is
 * granted to the user who asks. Immutable.
 */
final class RbacPolicy {

  /**
   * A role given to a subject.
   *
   * @param reason why a request that it allows is allowed
   * @param fault what is wrong with the binding; null if its role exists
   */
  record Grant(List<Rule> rules, String reason, @Nullable String fault) {}

  /** What is granted to a subject: everywhere, and by namespace. */
  private record Grants(List<Grant> cluster, Map<String, List<Grant>> namespaced) {
    Grants() {
      this(new ArrayList<>(), new HashMap<>());
    }
  }

  private final IdentityHashMap<JsonObject, List<Rule>> rules = new IdentityHashMap<>();
  private final Map<String, JsonObject> clusterRolesByName = new HashMap<>();
  private final Map<String, JsonObject> rolesByName = new HashMap<>();
  private final Map<String, Grants> users = new HashMap<>();
  private final Map<String, Grants> groups = new HashMap<>();

  RbacPolicy(
      Collection<JsonObject> clusterRoles,
      Collection<JsonObject> namespacedRoles,
      Collection<JsonObject> clusterRoleBindings,
      Collection<JsonObject> roleBindings) {
    clusterRoles.forEach(role -> clusterRolesByName.put(name(role), role));
    namespacedRoles.forEach(role -> rolesByName.put(namespace(role) + "/" + name(role), role));
    clusterRoleBindings.forEach(this::bind);
    roleBindings.forEach(this::bind);
  }

  private void bind(JsonObject binding) {
    String namespace = namespace(binding);
    JsonObject reference = binding.object("roleRef");
    String kind = reference.string("kind");
    String roleName = reference.string("name");
    @Nullable JsonObject role = find(kind, namespace, roleName);
    String by =
        namespace.isEmpty()
            ? "ClusterRoleBinding \"" + name(binding) + "\""
            : "RoleBinding \"" + name(binding) + "/" + namespace + "\"";
    String of = " of " + kind + " \"" + roleName + "\" to ";
    List<Rule> granted = role == null ? List.of() : rules.computeIfAbsent(role, Rule::allOf);
    @Nullable String fault = role == null ? notFound(kind, roleName) : null;
    binding
        .array("subjects")
        .objects()
        .forEach(subject -> {
          Grants grants = grants(subject, namespace);
          Grant grant =
              new Grant(granted, "RBAC: allowed by " + by + of + text(subject, namespace), fault);
          if (namespace.isEmpty()) {
            grants.cluster.add(grant);
          } else {
            grants.namespaced.computeIfAbsent(namespace, n -> new ArrayList<>()).add(grant);
          }
        });
  }

  /** The role that a reference means; null if there is none. */
  @Nullable JsonObject find(String kind, String namespace, String roleName) {
    return kind.equals("Role")
        ? rolesByName.get(namespace + "/" + roleName)
        : clusterRolesByName.get(roleName);
  }

  private Grants grants(JsonObject subject, String namespace) {
    String subjectName = subject.string("name");
    return switch (subject.string("kind")) {
      case "User" -> users.computeIfAbsent(subjectName, n -> new Grants());
      case "Group" -> groups.computeIfAbsent(subjectName, n -> new Grants());
      case "ServiceAccount" ->
          users.computeIfAbsent(
              "system:serviceaccount:" + home(subject, namespace) + ":" + subjectName,
              n -> new Grants());
      default -> new Grants();
    };
  }

  private static String text(JsonObject subject, String namespace) {
    String subjectName = subject.string("name");
    return subject.string("kind").equals("ServiceAccount")
        ? "ServiceAccount \"" + subjectName + "/" + home(subject, namespace) + "\""
        : subject.string("kind") + " \"" + subjectName + "\"";
  }

  /** A service account without a namespace is of the binding's. */
  private static String home(JsonObject subject, String namespace) {
    String own = subject.string("namespace");
    return own.isEmpty() ? namespace : own;
  }

  static String notFound(String kind, String roleName) {
    return (kind.equals("Role") ? "role" : "clusterrole")
        + ".rbac.authorization.k8s.io \""
        + roleName
        + "\" not found";
  }

  /**
   * Shows what a user is granted in a namespace and everywhere, until the visitor has enough.
   *
   * @param namespace "" for what is granted everywhere only
   * @param enough returns true to stop
   */
  void visit(UserInfo user, String namespace, Predicate<Grant> enough) {
    if (visit(users.get(user.name()), "", enough)) {
      return;
    }
    for (String group : user.groups()) {
      if (visit(groups.get(group), "", enough)) {
        return;
      }
    }
    if (namespace.isEmpty() || visit(users.get(user.name()), namespace, enough)) {
      return;
    }
    for (String group : user.groups()) {
      if (visit(groups.get(group), namespace, enough)) {
        return;
      }
    }
  }

  private static boolean visit(@Nullable Grants grants, String namespace, Predicate<Grant> enough) {
    if (grants == null) {
      return false;
    }
    List<Grant> list =
        namespace.isEmpty() ? grants.cluster : grants.namespaced.getOrDefault(namespace, List.of());
    for (Grant grant : list) {
      if (enough.test(grant)) {
        return true;
      }
    }
    return false;
  }

  private static String name(JsonObject object) {
    return object.object("metadata").string("name");
  }

  private static String namespace(JsonObject object) {
    return object.object("metadata").string("namespace");
  }
}
