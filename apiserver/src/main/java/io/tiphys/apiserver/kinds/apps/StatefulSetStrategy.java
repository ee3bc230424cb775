package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.IntOrPercents;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** StatefulSets. */
final class StatefulSetStrategy implements StatusSeparated {
  private static final List<String> RETENTION = List.of("Retain", "Delete");
  private static final Set<String> POD_MANAGEMENT = Set.of("OrderedReady", "Parallel");

  private static final List<String> MUTABLE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  @Override
  public JsonObject initialStatus() {
    return JsonObject.of("replicas", 0, "availableReplicas", 0);
  }

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        PodTemplates.defaultsInSpec(object),
        "spec",
        spec ->
            Trees.changeEach(
                Trees.change(spec, "updateStrategy", StatefulSetStrategy::rolling),
                "volumeClaimTemplates",
                StatefulSetStrategy::claim));
  }

  private static JsonObject rolling(JsonObject strategy) {
    return strategy.string("type").equals("RollingUpdate")
        ? strategy.with(
            "rollingUpdate",
            Trees.setIfAbsent(strategy.object("rollingUpdate"), "partition", JsonNumber.of(0)))
        : strategy;
  }

  /** Templates of claims are shown as whole objects. */
  private static JsonObject claim(JsonObject claim) {
    JsonObject result = claim.with("apiVersion", "v1").with("kind", "PersistentVolumeClaim");
    result = result.with("status", Trees.setIfEmpty(result.object("status"), "phase", "Pending"));
    return Trees.change(result, "spec", s -> Trees.setIfEmpty(s, "volumeMode", "Filesystem"));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    if (spec.required("podManagementPolicy")) {
      spec.unless(
          !POD_MANAGEMENT.contains(spec.string("podManagementPolicy")),
          "podManagementPolicy",
          "must be 'OrderedReady' or 'Parallel'");
    }
    updateStrategy(spec);
    spec.with(
        "persistentVolumeClaimRetentionPolicy",
        policy -> {
          policy.oneOf("whenDeleted", RETENTION);
          policy.oneOf("whenScaled", RETENTION);
        });
    spec.nonNegative("replicas");
    spec.nonNegative("minReadySeconds");
    spec.nonNegative("revisionHistoryLimit");
    spec.in("ordinals").nonNegative("start");
    WorkloadRules.selectorAndTemplate(
        spec, "empty selector is invalid for statefulset", "StatefulSet");
  }

  private static void updateStrategy(Scope spec) {
    Scope strategy = spec.in("updateStrategy");
    switch (strategy.string("type")) {
      case "" -> spec.errors().required(strategy.path(), "");
      case "OnDelete" ->
          strategy.unless(
              strategy.has("rollingUpdate"),
              "rollingUpdate",
              "only allowed for updateStrategy 'RollingUpdate'");
      case "RollingUpdate" -> strategy.with("rollingUpdate", StatefulSetStrategy::rollingUpdate);
      default -> spec.invalid("updateStrategy", "must be 'RollingUpdate' or 'OnDelete'");
    }
  }

  private static void rollingUpdate(Scope rolling) {
    rolling.nonNegative("partition");
    if (rolling.has("maxUnavailable")) {
      IntOrPercents.nonNegative(rolling, "maxUnavailable");
      rolling.unless(
          IntOrPercents.isZero(rolling, "maxUnavailable"), "maxUnavailable", "cannot be 0");
      IntOrPercents.atMost100Percent(rolling, "maxUnavailable");
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    JsonObject after = updated.object("spec");
    JsonObject before = current.object("spec");
    for (String field : MUTABLE) {
      after = after.without(field);
      before = before.without(field);
    }
    if (!after.equals(before)) {
      Scope.of(updated, errors)
          .forbidden(
              "spec",
              "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                  + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                  + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return WorkloadRules.templateWarnings(object, current);
  }
}
