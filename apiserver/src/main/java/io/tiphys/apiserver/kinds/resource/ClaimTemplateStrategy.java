package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;

/** ResourceClaimTemplates: their spec holds the metadata and spec of claims to be. */
final class ClaimTemplateStrategy implements Strategy {

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        object, "spec", template -> Trees.change(template, "spec", ClaimRules::defaults));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope template = Scope.of(object, errors).in("spec");
    Scope metadata = template.in("metadata");
    LabelRules.labels(metadata.value().object("labels"), metadata.at("labels"), errors);
    LabelRules.annotations(
        metadata.value().object("annotations"), metadata.at("annotations"), errors);
    ClaimRules.validate(template.in("spec"));
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).immutable("spec", current);
  }
}
