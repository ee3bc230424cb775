package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import java.util.Set;

/**
 * Where requests without credentials are answered, as the user {@code system:anonymous} (KEP-4633).
 *
 * @param enabled {@code --anonymous-auth}
 * @param paths the exact paths; empty means all
 */
public record AnonymousAccess(boolean enabled, Set<String> paths) {
  static final UserInfo USER = UserInfo.of(UserInfo.ANONYMOUS, UserInfo.ALL_UNAUTHENTICATED);

  /** Nobody is anonymous. */
  public static final AnonymousAccess NONE = new AnonymousAccess(false, Set.of());

  /** On every path; what may be done there is for the authorizer. */
  public static final AnonymousAccess EVERYWHERE = new AnonymousAccess(true, Set.of());

  /** The default: for load balancers and probes. */
  public static final AnonymousAccess HEALTH =
      new AnonymousAccess(true, Set.of("/healthz", "/livez", "/readyz"));

  public AnonymousAccess {
    paths = Set.copyOf(paths);
  }

  public boolean allows(String path) {
    return enabled && (paths.isEmpty() || paths.contains(path));
  }
}
