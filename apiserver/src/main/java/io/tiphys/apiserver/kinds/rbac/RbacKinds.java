package io.tiphys.apiserver.kinds.rbac;

import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code rbac.authorization.k8s.io} by resource. */
public final class RbacKinds {
  public static final String GROUP = "rbac.authorization.k8s.io";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "roles", new RoleStrategy(true),
          "clusterroles", new RoleStrategy(false),
          "rolebindings", new RoleBindingStrategy(true),
          "clusterrolebindings", new RoleBindingStrategy(false));

  private RbacKinds() {}
}
