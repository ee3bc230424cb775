package io.tiphys.apiserver.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code --authorization-mode} may name. */
public final class AuthorizationModes {
  private static final Set<String> KNOWN = Set.of("AlwaysAllow", "AlwaysDeny", "Node", "RBAC");

  private AuthorizationModes() {}

  /**
   * The authorizer for a comma-separated list of modes, asked in this order after the superuser
   * rule.
   *
   * @param stored the authorizers of the modes {@code Node} and {@code RBAC}
   * @throws IllegalArgumentException if a mode is unknown or named twice; the message says which
   */
  public static Authorizer parse(String modes, Map<String, Authorizer> stored) {
    List<String> names = List.of(modes.split(",", -1));
    List<Authorizer> authorizers = new ArrayList<>(List.of(new SuperuserAuthorizer()));
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "--authorization-mode: \""
                + name
                + "\" is no known mode; known are AlwaysAllow, AlwaysDeny, Node, RBAC");
      }
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new IllegalArgumentException(
            "--authorization-mode: the mode \"" + name + "\" stands there twice");
      }
      authorizers.add(
          switch (name) {
            case "AlwaysAllow" -> AuthorizerChain.ALWAYS_ALLOW;
            case "AlwaysDeny" -> AuthorizerChain.ALWAYS_DENY;
            default -> stored.get(name);
          });
    }
    return new AuthorizerChain(authorizers);
  }
}
