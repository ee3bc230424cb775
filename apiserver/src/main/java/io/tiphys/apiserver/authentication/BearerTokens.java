package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.authentication.TokenAuthenticator.Identity;
import io.tiphys.apiserver.identity.UserInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users by bearer token, of whichever kind the token is. */
public final class BearerTokens implements Authenticator {
  private final List<TokenAuthenticator> kinds;
  private final List<String> apiAudiences;

  /**
   * @param kinds asked in this order; upstream's is token file, service accounts, bootstrap tokens
   * @param apiAudiences the audiences of the API server itself ({@code --api-audiences})
   */
  public BearerTokens(List<TokenAuthenticator> kinds, List<String> apiAudiences) {
    this.kinds = List.copyOf(kinds);
    this.apiAudiences = List.copyOf(apiAudiences);
  }

  @Override
  public Optional<UserInfo> authenticate(Credentials credentials) {
    return credentials.bearerToken().isEmpty()
        ? Optional.empty()
        : Optional.of(identify(credentials.bearerToken(), apiAudiences).user());
  }

  /** The audiences of the API server itself. */
  public List<String> apiAudiences() {
    return apiAudiences;
  }

  /**
   * The bearer of a token that is meant for one of these audiences.
   *
   * @throws AuthenticationException if the token is not valid
   */
  public Identity identify(String token, List<String> audiences) {
    @Nullable AuthenticationException first = null;
    for (TokenAuthenticator kind : kinds) {
      try {
        Optional<Identity> identity = kind.authenticate(token, audiences);
        if (identity.isPresent()) {
          return new Identity(
              identity.get().user().withGroup(UserInfo.ALL_AUTHENTICATED),
              identity.get().audiences());
        }
      } catch (AuthenticationException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new AuthenticationException("invalid bearer token") : first;
  }
}
