package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Node and pod affinity; node selectors are found in persistent volumes too. */
public final class AffinityRules {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private AffinityRules() {}

  static void validate(Scope affinity) {
    affinity.with(
        "nodeAffinity",
        node -> {
          node.with(REQUIRED, AffinityRules::nodeSelector);
          node.each(
              PREFERRED,
              preferred -> {
                weight(preferred);
                nodeSelectorTerm(preferred.in("preference"));
              });
        });
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      affinity.with(
          kind,
          pods -> {
            pods.each(REQUIRED, AffinityRules::podTerm);
            pods.each(
                PREFERRED,
                preferred -> {
                  weight(preferred);
                  podTerm(preferred.in("podAffinityTerm"));
                });
          });
    }
  }

  private static void weight(Scope preferred) {
    long weight = preferred.number("weight", 0);
    if (weight <= 0 || weight > 100) {
      preferred.invalidNumber("weight", "must be in the range 1-100");
    }
  }

  /** A {@code NodeSelector}: terms of which one must hold. */
  public static void nodeSelector(Scope selector) {
    if (selector.value().array("nodeSelectorTerms").isEmpty()) {
      selector.required("nodeSelectorTerms", "must have at least one node selector term");
    }
    selector.each("nodeSelectorTerms", AffinityRules::nodeSelectorTerm);
  }

  static void nodeSelectorTerm(Scope term) {
    term.each("matchExpressions", AffinityRules::nodeExpression);
    term.each("matchFields", AffinityRules::nodeField);
  }

  private static void nodeExpression(Scope requirement) {
    int values = requirement.value().array("values").size();
    switch (requirement.string("operator")) {
      case "In", "NotIn" ->
          requirement.required("values", "must be specified when `operator` is 'In' or 'NotIn'");
      case "Exists", "DoesNotExist" -> {
        if (values > 0) {
          requirement.forbidden(
              "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values != 1) {
          requirement
              .errors()
              .required(
                  requirement.at("values"),
                  "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> badOperator(requirement);
    }
    requirement.formatEvenEmpty("key", Names::qualifiedName);
  }

  private static void nodeField(Scope requirement) {
    String operator = requirement.string("operator");
    if (!Set.of("In", "NotIn").contains(operator)) {
      badOperator(requirement);
    } else if (requirement.value().array("values").size() != 1) {
      requirement
          .errors()
          .required(
              requirement.at("values"),
              "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    }
    if (!requirement.string("key").equals("metadata.name")) {
      requirement
          .errors()
          .invalid(
              requirement.at("key"),
              JsonString.of(requirement.string("key")),
              "not a valid field selector key");
      return;
    }
    for (Scope.Item item : requirement.strings("values")) {
      requirement.format(item.path(), item.value(), Names::dnsSubdomain);
    }
  }

  private static void badOperator(Scope requirement) {
    requirement
        .errors()
        .invalid(
            requirement.at("operator"),
            JsonString.of(requirement.string("operator")),
            "not a valid selector operator");
  }

  private static void podTerm(Scope term) {
    Consumer<Scope> selector = LabelRules::selector;
    term.with("labelSelector", selector);
    term.with("namespaceSelector", selector);
    for (Scope.Item namespace : term.strings("namespaces")) {
      term.format(namespace.path(), namespace.value(), Names::dnsLabel);
    }
    for (String keys : List.of("matchLabelKeys", "mismatchLabelKeys")) {
      if (term.isSet(keys) && !term.has("labelSelector")) {
        term.forbidden(keys, "must not be specified when labelSelector is not set");
      }
      for (Scope.Item key : term.strings(keys)) {
        term.format(key.path(), key.value(), Names::qualifiedName);
        if (keys.equals("mismatchLabelKeys")
            && term.value().array("matchLabelKeys").strings().anyMatch(key.value()::equals)) {
          term.errors()
              .invalid(
                  key.path(),
                  JsonString.of(key.value()),
                  "exists in both matchLabelKeys and mismatchLabelKeys");
        }
      }
    }
    if (term.required("topologyKey", "can not be empty")) {
      term.format("topologyKey", Names::qualifiedName);
    }
  }
}
