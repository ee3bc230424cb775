package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import java.util.Optional;

/** One way to find out who makes a request. Must not block, but may read caches. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The user; empty if the request bears no credentials of this kind.
   *
   * @throws AuthenticationException if it bears credentials of this kind that are not valid
   */
  Optional<UserInfo> authenticate(Credentials credentials);
}
