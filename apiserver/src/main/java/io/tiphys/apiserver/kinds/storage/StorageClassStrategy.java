package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** StorageClasses. */
final class StorageClassStrategy implements Strategy {
  private static final Set<String> RECLAIM = Set.of("Delete", "Retain");
  private static final Set<String> BINDING = Set.of("Immediate", "WaitForFirstConsumer");

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope storageClass = Scope.of(object, errors);
    if (storageClass.required("provisioner")) {
      storageClass.format(
          "provisioner", text -> Names.qualifiedName(text.toLowerCase(Locale.ROOT)));
    }
    StorageRules.parameters(storageClass);
    storageClass.oneOf("reclaimPolicy", RECLAIM);
    storageClass.requiredOneOf("volumeBindingMode", BINDING);
    topologies(storageClass);
  }

  private static void topologies(Scope storageClass) {
    Set<JsonObject> seen = new HashSet<>();
    storageClass.each(
        "allowedTopologies",
        term -> {
          Set<String> keys = new HashSet<>();
          term.each(
              "matchLabelExpressions",
              expression -> {
                expression.formatEvenEmpty("key", Names::qualifiedName);
                expression.required("values");
                Limits.distinct(expression, "values");
                if (!keys.add(expression.string("key"))) {
                  expression
                      .errors()
                      .duplicate(expression.at("key"), JsonString.of(expression.string("key")));
                }
              });
          if (!seen.add(term.value())) {
            term.errors().duplicate(term.at("matchLabelExpressions"), JsonString.EMPTY);
          }
        });
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope storageClass = Scope.of(updated, errors);
    for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
      StorageRules.unchanged(storageClass, field, current);
    }
    storageClass.immutable("volumeBindingMode", current);
  }
}
