package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.apiserver.kinds.pod.PodWarnings;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PodTemplates. */
final class PodTemplateStrategy implements Strategy {

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(object, "template", PodTemplates::defaults);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    PodTemplates.validate(Scope.of(object, errors).in("template"));
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return PodWarnings.template(object.object("template"), FieldPath.of("template"));
  }
}
