package io.tiphys.apiserver.kinds.rbac;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Set;

/**
 * RoleBindings and ClusterRoleBindings.
 *
 * @param namespaced whether the binding grants its role in a namespace only
 */
record RoleBindingStrategy(boolean namespaced) implements Strategy {
  private static final List<String> GROUP = List.of(RbacKinds.GROUP);
  private static final Set<String> OF_RBAC = Set.of("User", "Group");

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.changeEach(
        object,
        "subjects",
        subject ->
            OF_RBAC.contains(subject.string("kind"))
                ? Trees.setIfEmpty(subject, "apiGroup", RbacKinds.GROUP)
                : subject);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope binding = Scope.of(object, errors);
    Scope role = binding.in("roleRef");
    Limits.supported(role, "apiGroup", GROUP);
    Limits.supported(
        role, "kind", namespaced ? List.of("Role", "ClusterRole") : List.of("ClusterRole"));
    role.requiredFormat("name", Names::pathSegment);
    binding.each("subjects", this::subject);
  }

  private void subject(Scope subject) {
    boolean named = subject.required("name");
    switch (subject.string("kind")) {
      case "ServiceAccount" -> {
        subject.format("name", Names::dnsSubdomain);
        Limits.supported(subject, "apiGroup", List.of(""));
        if (!namespaced) {
          subject.required("namespace");
        }
      }
      case "User" -> {
        subject.unless(!named, "name", "user name cannot be empty");
        Limits.supported(subject, "apiGroup", GROUP);
      }
      case "Group" -> {
        subject.unless(!named, "name", "group name cannot be empty");
        Limits.supported(subject, "apiGroup", GROUP);
      }
      default -> Limits.supported(subject, "kind", List.of("ServiceAccount", "User", "Group"));
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).immutable("roleRef", current, "cannot change roleRef");
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public List<String> nameErrors(String name, boolean prefix) {
    return Names.pathSegment(name);
  }
}
