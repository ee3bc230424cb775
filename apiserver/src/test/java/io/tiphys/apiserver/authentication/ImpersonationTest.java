package io.tiphys.apiserver.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.authorization.Attributes;
import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.model.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImpersonationTest {
  private final UserInfo admin = UserInfo.of("admin", "system:authenticated");
  private final List<String> asked = new ArrayList<>();

  /** Allows all but what is named "no". */
  private final Impersonation impersonation =
      new Impersonation(attributes -> {
        asked.add(text(attributes));
        return attributes.name().equals("no") ? Verdict.noOpinion("") : Verdict.allow("");
      });

  @Test
  void withoutHeadersOneActsForOneself() {
    assertThat(impersonation.apply(admin, Headers.of("accept", "*/*"))).isSameAs(admin);
    assertThat(asked).isEmpty();
  }

  @Test
  void userIsAuthenticated() {
    assertThat(impersonation.apply(admin, Headers.of("impersonate-user", "jane")))
        .isEqualTo(UserInfo.of("jane", "system:authenticated"));
    assertThat(asked).containsExactly("impersonate users. jane");
  }

  @Test
  void everythingNamedIsAskedFor() {
    Headers headers =
        Headers.of(
            "impersonate-user", "jane",
            "impersonate-group", "dev",
            "impersonate-group", "ops",
            "impersonate-uid", "u1",
            "impersonate-extra-acme.com%2fproject", "p1",
            "impersonate-extra-acme.com%2fproject", "p2");
    assertThat(impersonation.apply(admin, headers))
        .isEqualTo(
            new UserInfo(
                "jane",
                "u1",
                List.of("dev", "ops", "system:authenticated"),
                Map.of("acme.com/project", List.of("p1", "p2"))));
    assertThat(asked)
        .containsExactly(
            "impersonate users. jane",
            "impersonate groups. dev",
            "impersonate groups. ops",
            "impersonate userextras.authentication.k8s.io/acme.com/project p1",
            "impersonate userextras.authentication.k8s.io/acme.com/project p2",
            "impersonate uids.authentication.k8s.io u1");
  }

  @Test
  void serviceAccountBringsItsGroups() {
    UserInfo user =
        impersonation.apply(admin, Headers.of("impersonate-user", "system:serviceaccount:n:sa"));
    assertThat(user.groups())
        .containsExactly(
            "system:serviceaccounts", "system:serviceaccounts:n", "system:authenticated");
    assertThat(asked).containsExactly("impersonate n/serviceaccounts. sa");
  }

  @Test
  void anonymousIsNotAuthenticated() {
    assertThat(
            impersonation.apply(admin, Headers.of("impersonate-user", "system:anonymous")).groups())
        .containsExactly("system:unauthenticated");
  }

  @Test
  void refusalNamesWhatWasAsked() {
    assertThatThrownBy(() -> impersonation.apply(admin, Headers.of("impersonate-user", "no")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(403))
        .hasMessage(
            "users \"no\" is forbidden: User \"admin\" cannot impersonate resource \"users\" in"
                + " API group \"\" at the cluster scope");
  }

  @Test
  void groupsWithoutAUserMakeNoSense() {
    assertThatThrownBy(() -> impersonation.apply(admin, Headers.of("impersonate-group", "g")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(500))
        .hasMessageContaining("without impersonating a user");
  }

  private static String text(Attributes attributes) {
    return attributes.verb()
        + " "
        + (attributes.namespace().isEmpty() ? "" : attributes.namespace() + "/")
        + attributes.resource()
        + "."
        + attributes.group()
        + (attributes.subresource().isEmpty() ? "" : "/" + attributes.subresource())
        + " "
        + attributes.name();
  }
}
