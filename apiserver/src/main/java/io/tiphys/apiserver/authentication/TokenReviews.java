package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.authentication.TokenAuthenticator.Identity;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import java.util.List;

/** Answers TokenReviews: whose is a bearer token? */
public final class TokenReviews implements Action {
  private final BearerTokens tokens;

  public TokenReviews(BearerTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public JsonObject call(Call call) {
    JsonObject review = call.body() == null ? JsonObject.EMPTY : call.body();
    JsonObject spec = review.object("spec");
    String token = spec.string("token");
    if (token.isEmpty()) {
      throw ApiException.badRequest("token is required for TokenReview in authentication");
    }
    List<String> audiences = spec.array("audiences").strings().toList();
    return review.with(
        "status", status(token, audiences.isEmpty() ? tokens.apiAudiences() : audiences));
  }

  private JsonObject status(String token, List<String> audiences) {
    try {
      Identity identity = tokens.identify(token, audiences);
      return JsonObject.of(
          "authenticated",
          true,
          "user",
          UserJson.of(identity.user()),
          "audiences",
          JsonArray.ofStrings(identity.audiences()));
    } catch (AuthenticationException e) {
      return JsonObject.of("user", JsonObject.EMPTY, "error", e.getMessage());
    }
  }
}
