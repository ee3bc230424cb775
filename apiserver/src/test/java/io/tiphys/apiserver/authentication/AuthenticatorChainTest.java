package io.tiphys.apiserver.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.identity.UserInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticatorChainTest {
  private static final Authenticator REFUSES =
      credentials -> {
        throw new AuthenticationException("bad certificate");
      };
  private static final BearerTokens TOKENS =
      new BearerTokens(
          List.of(
              TokenAuthenticator.forAudiences(
                  List.of("api"),
                  token ->
                      token.equals("good") ? Optional.of(UserInfo.of("jane")) : Optional.empty())),
          List.of("api"));

  @Test
  void usersFoundAreAuthenticated() {
    assertThat(chain(AnonymousAccess.HEALTH, TOKENS).authenticate(with("good", "/api")))
        .contains(UserInfo.of("jane", "system:authenticated"));
  }

  @Test
  void goodCredentialsOutweighBadOnes() {
    assertThat(chain(AnonymousAccess.NONE, REFUSES, TOKENS).authenticate(with("good", "/api")))
        .isPresent();
  }

  @Test
  void badTokenIsRefusedEvenWhereAnonymousIsAllowed() {
    AuthenticatorChain chain = chain(AnonymousAccess.EVERYWHERE, TOKENS);
    assertThatThrownBy(() -> chain.authenticate(with("bad", "/healthz")))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("invalid bearer token");
  }

  @Test
  void withoutCredentialsOneIsAnonymousOnTheConfiguredPaths() {
    UserInfo anonymous = UserInfo.of("system:anonymous", "system:unauthenticated");
    AuthenticatorChain health = chain(AnonymousAccess.HEALTH, TOKENS);
    assertThat(health.authenticate(with("", "/livez"))).contains(anonymous);
    assertThat(health.authenticate(with("", "/livez/ping"))).isEmpty();
    assertThat(health.authenticate(with("", "/api"))).isEmpty();
    assertThat(chain(AnonymousAccess.EVERYWHERE).authenticate(with("", "/api")))
        .contains(anonymous);
    assertThat(chain(AnonymousAccess.NONE).authenticate(with("", "/livez"))).isEmpty();
  }

  @Test
  void tokenForAnotherAudienceIsRefused() {
    assertThatThrownBy(() -> TOKENS.identify("good", List.of("vault")))
        .isInstanceOf(AuthenticationException.class);
  }

  private static AuthenticatorChain chain(
      AnonymousAccess anonymous, Authenticator... authenticators) {
    return new AuthenticatorChain(List.of(authenticators), anonymous);
  }

  private static Credentials with(String token, String path) {
    return new Credentials(
        token, List.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), path);
  }
}
