package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import java.util.List;
import java.util.Optional;

/** One kind of bearer tokens. Must not block, but may read caches. */
@FunctionalInterface
public interface TokenAuthenticator {

  /**
   * A token's bearer.
   *
   * @param audiences those of the wanted audiences for which the token is meant; never empty
   */
  record Identity(UserInfo user, List<String> audiences) {
    public Identity {
      audiences = List.copyOf(audiences);
    }
  }

  /**
   * The bearer; empty if the token is not of this kind.
   *
   * @param audiences the audiences of which the token must be meant for at least one
   * @throws AuthenticationException if the token is of this kind and not valid
   */
  Optional<Identity> authenticate(String token, List<String> audiences);

  /** A kind of tokens that name no audience: they are meant for the API server only. */
  static TokenAuthenticator forAudiences(List<String> apiAudiences, Plain plain) {
    return (token, audiences) -> {
      List<String> common = common(audiences, apiAudiences);
      return common.isEmpty()
          ? Optional.empty()
          : plain.authenticate(token).map(user -> new Identity(user, common));
    };
  }

  /** A kind of tokens that name no audience. */
  @FunctionalInterface
  interface Plain {
    Optional<UserInfo> authenticate(String token);
  }

  /** What both lists hold, in the order of the first. */
  static List<String> common(List<String> wanted, List<String> offered) {
    return wanted.stream().filter(offered::contains).toList();
  }
}
