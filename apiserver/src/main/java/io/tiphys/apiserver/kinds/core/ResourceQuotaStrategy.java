package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** ResourceQuotas. */
final class ResourceQuotaStrategy implements Strategy {
  private static final Set<String> POD_RESOURCES =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "requests.cpu",
          "requests.memory",
          "limits.cpu",
          "limits.memory");
  private static final Set<String> CLAIM_RESOURCES =
      Set.of("persistentvolumeclaims", "requests.storage");

  /** Scopes, and the standard resources that each can narrow. */
  private static final Map<String, Set<String>> SCOPES =
      Map.of(
          "Terminating", POD_RESOURCES,
          "NotTerminating", POD_RESOURCES,
          "BestEffort", Set.of("pods"),
          "NotBestEffort", POD_RESOURCES,
          "PriorityClass", POD_RESOURCES,
          "CrossNamespacePodAffinity", POD_RESOURCES,
          "VolumeAttributesClass", CLAIM_RESOURCES);

  private static final List<Set<String>> CONFLICTS =
      List.of(Set.of("BestEffort", "NotBestEffort"), Set.of("Terminating", "NotTerminating"));

  private static final Set<String> WITH_VALUES = Set.of("PriorityClass", "VolumeAttributesClass");

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    return object.with("status", JsonObject.EMPTY);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(updated, "status", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    amounts(spec, "hard");
    scopes(spec);
    spec.in("scopeSelector").each("matchExpressions", e -> expression(e, spec.value()));
  }

  /** Amounts by resource, each named as quotas name them. */
  private static void amounts(Scope scope, String list) {
    Quantities.list(scope.value().object(list))
        .forEach((name, amount) -> {
          FieldPath at = scope.at(list).key(name);
          List<String> faults = Names.qualifiedName(name);
          faults.forEach(fault -> scope.errors().invalid(at, JsonString.of(name), fault));
          if (faults.isEmpty() && !name.contains("/") && !ResourceNames.isStandardForQuota(name)) {
            scope
                .errors()
                .invalid(at, JsonString.of(name), "must be a standard resource for quota");
          }
          Quantities.checkAmount(name, amount, at, scope.errors());
        });
  }

  private static void scopes(Scope spec) {
    Set<String> scopes = spec.value().array("scopes").strings().collect(Collectors.toSet());
    for (Scope.Item scope : spec.strings("scopes")) {
      if (!SCOPES.containsKey(scope.value())) {
        spec.invalid("scopes", "unsupported scope");
      } else if (!fits(scope.value(), spec.value())) {
        spec.invalid("scopes", "unsupported scope applied to resource");
      }
    }
    if (CONFLICTS.stream().anyMatch(scopes::containsAll)) {
      spec.invalid("scopes", "conflicting scopes");
    }
  }

  private static boolean fits(String scope, JsonObject spec) {
    return spec.object("hard").keys().stream()
        .filter(ResourceNames::isStandardForQuota)
        .allMatch(SCOPES.getOrDefault(scope, Set.of())::contains);
  }

  private static void expression(Scope expression, JsonObject spec) {
    String scope = expression.string("scopeName");
    if (!SCOPES.containsKey(scope)) {
      expression
          .errors()
          .invalid(expression.at("scopeName"), JsonString.of(scope), "unsupported scope");
    } else if (!fits(scope, spec)) {
      expression
          .errors()
          .invalid(expression.path(), expression.value(), "unsupported scope applied to resource");
    }
    String operator = expression.string("operator");
    if (SCOPES.containsKey(scope) && !WITH_VALUES.contains(scope) && !operator.equals("Exists")) {
      expression
          .errors()
          .invalid(
              expression.at("operator"),
              JsonString.of(operator),
              "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating,"
                  + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                  + " ResourceQuotaScopeNotBestEffort or"
                  + " ResourceQuotaScopeCrossNamespacePodAffinity");
    }
    switch (operator) {
      case "In", "NotIn" ->
          expression.required(
              "values",
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
      case "Exists", "DoesNotExist" ->
          expression.unless(
              expression.isSet("values"),
              "values",
              "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
      default ->
          expression
              .errors()
              .invalid(
                  expression.at("operator"),
                  JsonString.of(operator),
                  "not a valid selector operator");
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    Set<String> before =
        current.object("spec").array("scopes").strings().collect(Collectors.toSet());
    Set<String> now = spec.value().array("scopes").strings().collect(Collectors.toSet());
    spec.unless(!before.equals(now), "scopes", "field is immutable");
  }

  /** The {@code status} subresource. */
  static void status(Scope quota) {
    amounts(quota.in("status"), "hard");
    amounts(quota.in("status"), "used");
  }
}
