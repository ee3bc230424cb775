package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ServiceAccounts. */
final class ServiceAccountStrategy implements Strategy {
  private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    return namesOnly(object);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return namesOnly(updated);
  }

  private static JsonObject namesOnly(JsonObject account) {
    return Trees.changeEach(
        account,
        "secrets",
        secret ->
            secret.has("name") ? JsonObject.of("name", secret.string("name")) : JsonObject.EMPTY);
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return object.object("metadata").object("annotations").has(ENFORCE)
        ? List.of(
            "metadata.annotations["
                + ENFORCE
                + "]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted"
                + " secrets")
        : List.of();
  }

  @Override
  public boolean allowUnconditionalUpdate() {
    return false;
  }
}
