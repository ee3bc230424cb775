package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.time.temporal.ChronoUnit;

/** Answers SelfSubjectReviews: who am I? ({@code kubectl auth whoami}, KEP-3325) */
public final class SelfSubjectReviews implements Action {

  @Override
  public JsonObject call(Call call) {
    JsonObject review = call.body() == null ? JsonObject.EMPTY : call.body();
    String now = call.context().received().truncatedTo(ChronoUnit.SECONDS).toString();
    return review
        .withAt(JsonString.of(now), "metadata", "creationTimestamp")
        .with("status", JsonObject.of("userInfo", UserJson.of(call.context().user())));
  }
}
