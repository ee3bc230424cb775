package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;

/** Decides whether a user may do something. Must not block, but may read caches. */
@FunctionalInterface
public interface Authorizer {
  Verdict authorize(Attributes attributes);

  /**
   * What a user may do in a namespace and everywhere, where that can be listed.
   *
   * @param namespace "" for what is granted everywhere only
   */
  default GrantedRules rulesFor(UserInfo user, String namespace) {
    return GrantedRules.NONE;
  }
}
