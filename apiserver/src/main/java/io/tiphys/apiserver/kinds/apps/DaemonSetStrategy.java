package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.IntOrPercents;
import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DaemonSets. The number of times that the template changed is kept in an annotation, as {@code
 * extensions/v1beta1} knew it in a field.
 */
final class DaemonSetStrategy implements StatusSeparated {
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

  @Override
  public JsonObject initialStatus() {
    return JsonObject.of(
        "currentNumberScheduled",
        0,
        "desiredNumberScheduled",
        0,
        "numberMisscheduled",
        0,
        "numberReady",
        0);
  }

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        PodTemplates.defaultsInSpec(object),
        "spec",
        spec -> Trees.change(spec, "updateStrategy", DaemonSetStrategy::rolling));
  }

  private static JsonObject rolling(JsonObject strategy) {
    if (!strategy.string("type").equals("RollingUpdate")) {
      return strategy;
    }
    JsonObject rolling = strategy.object("rollingUpdate");
    rolling = Trees.setIfAbsent(rolling, "maxUnavailable", JsonNumber.of(1));
    return strategy.with("rollingUpdate", Trees.setIfAbsent(rolling, "maxSurge", JsonNumber.of(0)));
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    return withTemplateGeneration(
        StatusSeparated.super.prepareForCreate(object), Math.max(1, templateGeneration(object)));
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    Json before = current.at("spec", "template");
    boolean same = before != null && before.equals(updated.at("spec", "template"));
    return withTemplateGeneration(
        StatusSeparated.super.prepareForUpdate(updated, current),
        templateGeneration(current) + (same ? 0 : 1));
  }

  private static long templateGeneration(JsonObject object) {
    String text = object.object("metadata").object("annotations").string(TEMPLATE_GENERATION);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static JsonObject withTemplateGeneration(JsonObject object, long generation) {
    return object.withAt(
        JsonString.of(Long.toString(generation)), "metadata", "annotations", TEMPLATE_GENERATION);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    spec.with(
        "selector",
        selector -> {
          LabelRules.selector(selector);
          spec.unless(
              !selector.isSet("matchLabels") && !selector.isSet("matchExpressions"),
              "selector",
              "empty selector is invalid for daemonset");
        });
    WorkloadRules.template(spec, "DaemonSet");
    spec.nonNegative("minReadySeconds");
    spec.nonNegative("revisionHistoryLimit");
    updateStrategy(spec.in("updateStrategy"));
  }

  private static void updateStrategy(Scope strategy) {
    switch (strategy.string("type")) {
      case "OnDelete" -> {}
      case "RollingUpdate" -> rollingUpdate(strategy.in("rollingUpdate"));
      default ->
          strategy
              .errors()
              .notSupported(
                  strategy.path(), strategy.value(), List.of("RollingUpdate", "OnDelete"));
    }
  }

  private static void rollingUpdate(Scope rolling) {
    for (String field : List.of("maxUnavailable", "maxSurge")) {
      IntOrPercents.nonNegative(rolling, field);
      IntOrPercents.atMost100Percent(rolling, field);
    }
    boolean unavailable = !IntOrPercents.isZero(rolling, "maxUnavailable");
    boolean surge = !IntOrPercents.isZero(rolling, "maxSurge");
    rolling.unless(
        unavailable && surge, "maxSurge", "may not be set when maxUnavailable is non-zero");
    if (!unavailable && !surge) {
      rolling.errors().required(rolling.at("maxUnavailable"), "cannot be 0 when maxSurge is 0");
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    WorkloadRules.selectorIsImmutable(Scope.of(updated, errors), current);
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return WorkloadRules.templateWarnings(object, current);
  }
}
