package io.tiphys.server;

import io.tiphys.apiserver.authentication.SelfSubjectReviews;
import io.tiphys.apiserver.authentication.TokenReviews;
import io.tiphys.apiserver.authorization.AccessReviews;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.apiserver.serviceaccount.TokenIssuer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is computed rather than stored: reviews and tokens. */
final class Actions {
  private Actions() {}

  /**
   * @param objects asked for at calls: the registry is made after the actions
   * @param identity asked for at calls, likewise
   */
  static Map<String, Action> all(
      ServerOptions options,
      Credentials credentials,
      Supplier<StoredObjects> objects,
      Supplier<Identity> identity,
      InstantSource clock) {
    List<String> audiences =
        options.audiences().isEmpty() ? options.issuers() : options.audiences();
    TokenIssuer.Options tokens =
        new TokenIssuer.Options(options.issuers().getFirst(), audiences, 0, true);
    Map<String, Action> all = new HashMap<>();
    all.put(
        "serviceaccounts/token",
        call -> new TokenIssuer(objects.get(), credentials.signingKey(), tokens, clock).call(call));
    all.put(
        "tokenreviews.authentication.k8s.io",
        call -> new TokenReviews(identity.get().tokens()).call(call));
    all.put("selfsubjectreviews.authentication.k8s.io", new SelfSubjectReviews());
    String authorization = ".authorization.k8s.io";
    all.put("subjectaccessreviews" + authorization, call -> reviews(identity).subject(call));
    all.put(
        "localsubjectaccessreviews" + authorization, call -> reviews(identity).localSubject(call));
    all.put("selfsubjectaccessreviews" + authorization, call -> reviews(identity).self(call));
    all.put("selfsubjectrulesreviews" + authorization, call -> reviews(identity).selfRules(call));
    return all;
  }

  private static AccessReviews reviews(Supplier<Identity> identity) {
    return new AccessReviews(identity.get().authorizer());
  }
}
