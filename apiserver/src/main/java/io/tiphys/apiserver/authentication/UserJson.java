package io.tiphys.apiserver.authentication;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;

/** The API's form of a user: {@code authentication.k8s.io/v1 UserInfo}. */
public final class UserJson {
  private UserJson() {}

  public static JsonObject of(UserInfo user) {
    JsonObject json = JsonObject.of("username", user.name());
    if (!user.uid().isEmpty()) {
      json = json.with("uid", user.uid());
    }
    if (!user.groups().isEmpty()) {
      json = json.with("groups", JsonArray.ofStrings(user.groups()));
    }
    if (!user.extra().isEmpty()) {
      JsonObject.Builder extra = new JsonObject.Builder();
      user.extra().forEach((key, values) -> extra.put(key, JsonArray.ofStrings(values)));
      json = json.with("extra", extra.build());
    }
    return json;
  }
}
