package io.tiphys.apiserver.kinds.rbac;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;

/**
 * Roles and ClusterRoles.
 *
 * @param namespaced whether the role holds in a namespace only
 */
record RoleStrategy(boolean namespaced) implements Strategy {

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope role = Scope.of(object, errors);
    role.each("rules", this::rule);
    if (!namespaced) {
      role.with("aggregationRule", RoleStrategy::aggregation);
    }
  }

  private void rule(Scope rule) {
    rule.required("verbs", "verbs must contain at least one value");
    if (rule.isSet("nonResourceURLs")) {
      rule.unless(
          namespaced, "nonResourceURLs", "namespaced rules cannot apply to non-resource URLs");
      rule.unless(
          rule.isSet("apiGroups") || rule.isSet("resources") || rule.isSet("resourceNames"),
          "nonResourceURLs",
          "rules cannot apply to both regular resources and non-resource URLs");
      return;
    }
    rule.required("apiGroups", "resource rules must supply at least one api group");
    rule.required("resources", "resource rules must supply at least one resource");
  }

  private static void aggregation(Scope aggregation) {
    aggregation.required(
        "clusterRoleSelectors",
        "at least one clusterRoleSelector required if aggregationRule is non-nil");
    aggregation.each("clusterRoleSelectors", LabelRules::selector);
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
