package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs. */
final class JobStrategy implements StatusSeparated {
  private static final JsonNumber ONE = JsonNumber.of(1);
  private static final int DEFAULT_BACKOFF_LIMIT = 6;
  private static final List<String> IMMUTABLE =
      List.of(
          "selector",
          "completionMode",
          "podFailurePolicy",
          "backoffLimitPerIndex",
          "managedBy",
          "successPolicy");

  @Override
  public JsonObject defaults(JsonObject object) {
    JsonObject result =
        Trees.change(PodTemplates.defaultsInSpec(object), "spec", JobStrategy::specDefaults);
    JsonObject labels =
        object.object("spec").object("template").object("metadata").object("labels");
    boolean labelled = !object.object("metadata").object("labels").isEmpty();
    return labels.isEmpty() || labelled ? result : result.withAt(labels, "metadata", "labels");
  }

  private static JsonObject specDefaults(JsonObject spec) {
    JsonObject result = spec;
    if (!spec.has("completions") && !spec.has("parallelism")) {
      result = result.with("completions", ONE);
    }
    result = Trees.setIfAbsent(result, "parallelism", ONE);
    long backoff = spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : DEFAULT_BACKOFF_LIMIT;
    result = Trees.setIfAbsent(result, "backoffLimit", JsonNumber.of(backoff));
    result = Trees.setIfAbsent(result, "completionMode", JsonString.of("NonIndexed"));
    result = Trees.setIfAbsent(result, "suspend", JsonBool.FALSE);
    result = Trees.setIfAbsent(result, "manualSelector", JsonBool.FALSE);
    return Trees.setIfAbsent(
        result,
        "podReplacementPolicy",
        JsonString.of(spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed"));
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    JsonObject job = StatusSeparated.super.prepareForCreate(object);
    return job.object("spec").bool("manualSelector") ? job : JobSelector.generate(job);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope job = Scope.of(object, errors);
    Scope spec = job.in("spec");
    if (!spec.value().bool("manualSelector") && spec.has("selector")) {
      JobSelector.check(job);
    }
    JobSpecRules.validate(spec);
    if (spec.has("selector")) {
      LabelRules.selector(spec.in("selector"));
    } else {
      errors.required(spec.at("selector"), "");
    }
    JobSelector.matchesTemplate(spec);
    hostnames(job, spec);
  }

  /** Pods of an Indexed Job are called after it, with their index. */
  private static void hostnames(Scope job, Scope spec) {
    long completions = spec.number("completions", 0);
    if (JobSpecRules.indexed(spec) && completions > 0) {
      String last = job.in("metadata").string("name") + "-" + (completions - 1);
      job.in("metadata")
          .unless(
              !Names.dnsLabel(last).isEmpty(),
              "name",
              "will not able to create pod with invalid DNS label: " + last);
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    JsonObject before = current.object("spec");
    completions(spec, before);
    for (String field : IMMUTABLE) {
      spec.immutable(field, before);
    }
    boolean waiting = before.bool("suspend") && !current.object("status").has("startTime");
    JsonObject template = spec.value().object("template");
    JsonObject old = before.object("template");
    if (!(waiting ? JobTemplates.withoutScheduling(template) : template)
        .equals(waiting ? JobTemplates.withoutScheduling(old) : old)) {
      spec.invalid("template", "field is immutable");
    }
  }

  /** An Indexed Job grows and shrinks as a whole: completions and parallelism stay equal. */
  private static void completions(Scope spec, JsonObject before) {
    if (!JobSpecRules.indexed(spec)) {
      spec.immutable("completions", before);
    } else if (spec.has("completions")
        && !Trees.same(spec.value().get("completions"), before.get("completions"))) {
      spec.unless(
          spec.number("completions", 0) != spec.number("parallelism", 0),
          "completions",
          "can only be modified in tandem with " + FieldPath.of("spec", "parallelism"));
    }
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return JobTemplates.warnings(object, object.object("spec"), FieldPath.of("spec"), current);
  }
}
