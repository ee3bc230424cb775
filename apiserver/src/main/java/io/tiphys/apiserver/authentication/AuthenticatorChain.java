package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks several authenticators in turn. The first user found counts, even if other credentials of
 * the request were not valid; users found are in the group {@code system:authenticated}. Who shows
 * no credentials at all is anonymous where that is allowed; who shows only bad ones is not.
 */
public final class AuthenticatorChain implements Authenticator {
  private final List<Authenticator> authenticators;
  private final AnonymousAccess anonymous;

  /**
   * @param authenticators upstream's order is client certificates, then bearer tokens
   */
  public AuthenticatorChain(List<Authenticator> authenticators, AnonymousAccess anonymous) {
    this.authenticators = List.copyOf(authenticators);
    this.anonymous = anonymous;
  }

  @Override
  public Optional<UserInfo> authenticate(Credentials credentials) {
    @Nullable AuthenticationException first = null;
    for (Authenticator authenticator : authenticators) {
      try {
        Optional<UserInfo> user = authenticator.authenticate(credentials);
        if (user.isPresent()) {
          return Optional.of(authenticated(user.get()));
        }
      } catch (AuthenticationException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return anonymous.allows(credentials.path())
        ? Optional.of(AnonymousAccess.USER)
        : Optional.empty();
  }

  /** Adds the group, unless somebody has decided this already. */
  private static UserInfo authenticated(UserInfo user) {
    return user.inGroup(UserInfo.ALL_UNAUTHENTICATED)
        ? user
        : user.withGroup(UserInfo.ALL_AUTHENTICATED);
  }
}
