package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ReplicaSets. */
final class ReplicaSetStrategy implements StatusSeparated {

  @Override
  public JsonObject initialStatus() {
    return JsonObject.of("replicas", 0);
  }

  @Override
  public JsonObject defaults(JsonObject object) {
    return PodTemplates.defaultsInSpec(object);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    spec.nonNegative("replicas");
    spec.nonNegative("minReadySeconds");
    WorkloadRules.selectorAndTemplate(
        spec, "empty selector is invalid for deployment", "ReplicaSet");
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    WorkloadRules.selectorIsImmutable(Scope.of(updated, errors), current);
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return WorkloadRules.nameAndTemplateWarnings(object, current);
  }
}
