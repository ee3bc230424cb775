package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks several authorizers in turn; the first that allows or denies decides ({@code
 * --authorization-mode}). The reasons of those without an opinion are joined, as upstream does.
 */
public final class AuthorizerChain implements Authorizer {
  /** Mode {@code AlwaysAllow}: for tests. */
  public static final Authorizer ALWAYS_ALLOW =
      new Authorizer() {
        @Override
        public Verdict authorize(Attributes attributes) {
          return Verdict.allow("");
        }

        @Override
        public GrantedRules rulesFor(UserInfo user, String namespace) {
          return new GrantedRules(Rule.EVERYTHING, List.of(), false);
        }
      };

  /** Mode {@code AlwaysDeny}: for tests. */
  public static final Authorizer ALWAYS_DENY =
      attributes -> Verdict.noOpinion("Everything is forbidden.");

  private final List<Authorizer> authorizers;

  public AuthorizerChain(List<Authorizer> authorizers) {
    this.authorizers = List.copyOf(authorizers);
  }

  @Override
  public Verdict authorize(Attributes attributes) {
    List<String> reasons = new ArrayList<>(0);
    for (Authorizer authorizer : authorizers) {
      Verdict verdict = authorizer.authorize(attributes);
      if (verdict.decision() != Verdict.Decision.NO_OPINION) {
        return verdict;
      }
      if (!verdict.reason().isEmpty()) {
        reasons.add(verdict.reason());
      }
    }
    return Verdict.noOpinion(String.join("\n", reasons));
  }

  @Override
  public GrantedRules rulesFor(UserInfo user, String namespace) {
    GrantedRules all = GrantedRules.NONE;
    for (Authorizer authorizer : authorizers) {
      all = all.and(authorizer.rulesFor(user, namespace));
    }
    return all;
  }
}
