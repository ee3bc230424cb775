package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;

/** Allows everything to the group {@code system:masters}, before any stored policy is asked. */
public final class SuperuserAuthorizer implements Authorizer {
  private static final Verdict ALLOW = Verdict.allow("");
  private static final Verdict NO_OPINION = Verdict.noOpinion("");

  @Override
  public Verdict authorize(Attributes attributes) {
    return attributes.user().inGroup(UserInfo.MASTERS) ? ALLOW : NO_OPINION;
  }
}
