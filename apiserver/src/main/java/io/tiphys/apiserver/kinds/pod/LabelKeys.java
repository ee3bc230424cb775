package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.List;

/**
 * Resolves {@code matchLabelKeys} and {@code mismatchLabelKeys} of a new pod: the values of its own
 * labels join the selectors of its affinity and spread constraints (KEP-3633, KEP-3243).
 */
public final class LabelKeys {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private LabelKeys() {}

  public static JsonObject resolve(JsonObject pod) {
    JsonObject labels = pod.object("metadata").object("labels");
    return Trees.change(
        pod,
        "spec",
        spec ->
            Trees.changeEach(
                Trees.change(spec, "affinity", affinity -> affinity(affinity, labels)),
                "topologySpreadConstraints",
                constraint -> select(constraint, labels)));
  }

  private static JsonObject affinity(JsonObject affinity, JsonObject labels) {
    JsonObject result = affinity;
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      result =
          Trees.change(
              result,
              kind,
              pods ->
                  Trees.changeEach(
                      Trees.changeEach(pods, REQUIRED, term -> select(term, labels)),
                      PREFERRED,
                      preferred ->
                          Trees.change(
                              preferred, "podAffinityTerm", term -> select(term, labels))));
    }
    return result;
  }

  private static JsonObject select(JsonObject term, JsonObject labels) {
    if (!term.has("labelSelector")) {
      return term;
    }
    JsonObject result = add(term, "matchLabelKeys", "In", labels);
    return add(result, "mismatchLabelKeys", "NotIn", labels);
  }

  private static JsonObject add(JsonObject term, String keys, String operator, JsonObject labels) {
    JsonObject result = term;
    for (String key : term.array(keys).strings().toList()) {
      if (labels.get(key) instanceof JsonString value) {
        Json requirement =
            JsonObject.of("key", key, "operator", operator, "values", JsonArray.of(value));
        JsonObject selector = result.object("labelSelector");
        JsonArray expressions = selector.array("matchExpressions").append(requirement);
        result = result.with("labelSelector", selector.with("matchExpressions", expressions));
      }
    }
    return result;
  }
}
