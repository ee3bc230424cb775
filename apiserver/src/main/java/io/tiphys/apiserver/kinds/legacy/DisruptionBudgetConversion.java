package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.Trees.change;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;

/**
 * PodDisruptionBudgets of {@code policy/v1beta1}, where an empty selector selects no pod; in {@code
 * policy/v1} it selects all pods of the namespace. A reserved label key says the other meaning in
 * either version, as upstream's API servers write it.
 */
final class DisruptionBudgetConversion implements Conversion {
  private static final String KEY = "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match";
  private static final JsonObject ALL_IN_V1BETA1 = selector("DoesNotExist");
  private static final JsonObject NONE_IN_V1 = selector("Exists");

  private static JsonObject selector(String operator) {
    return JsonObject.of(
        "matchExpressions", JsonArray.of(JsonObject.of("key", KEY, "operator", operator)));
  }

  @Override
  public JsonObject toStorage(JsonObject served) {
    return swap(served, NONE_IN_V1, ALL_IN_V1BETA1);
  }

  @Override
  public JsonObject fromStorage(JsonObject stored) {
    return swap(stored, ALL_IN_V1BETA1, NONE_IN_V1);
  }

  private static JsonObject swap(JsonObject object, JsonObject empty, JsonObject becomesEmpty) {
    return change(
        object,
        "spec",
        spec -> {
          Json selector = spec.get("selector");
          if (JsonObject.EMPTY.equals(selector)) {
            return spec.with("selector", empty);
          }
          return becomesEmpty.equals(selector) ? spec.with("selector", JsonObject.EMPTY) : spec;
        });
  }
}
