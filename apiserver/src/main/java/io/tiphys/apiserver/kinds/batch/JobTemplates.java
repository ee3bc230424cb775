package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.pod.PodWarnings;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pod template of a Job: what of it may change, and what deserves a warning. */
final class JobTemplates {
  private static final int MANY_COMPLETIONS = 100_000;
  private static final int MUCH_PARALLELISM = 10_000;

  private JobTemplates() {}

  /** Without what may still change while a Job waits suspended (KEP-2926). */
  static JsonObject withoutScheduling(JsonObject template) {
    JsonObject metadata = template.object("metadata").without("labels").without("annotations");
    JsonObject spec =
        template
            .object("spec")
            .without("nodeSelector")
            .without("tolerations")
            .without("schedulingGates");
    JsonObject affinity = spec.object("affinity").without("nodeAffinity");
    spec = affinity.isEmpty() ? spec.without("affinity") : spec.with("affinity", affinity);
    return template.with("metadata", metadata).with("spec", spec);
  }

  /**
   * Warnings about a Job or CronJob.
   *
   * @param spec of the Job, which lies at {@code path}
   * @param current null for a new object
   */
  static List<String> warnings(
      JsonObject object, JsonObject spec, FieldPath path, @Nullable JsonObject current) {
    List<String> warnings = new ArrayList<>();
    List<String> faults = Names.dnsLabel(object.object("metadata").string("name"));
    if (current == null && !faults.isEmpty()) {
      warnings.add(
          "metadata.name: this is used in Pod names and hostnames, which can result in surprising"
              + " behavior; a DNS label is recommended: ["
              + String.join(" ", faults)
              + "]");
    }
    if (spec.string("completionMode").equals("Indexed")
        && spec.number("completions", 0) > MANY_COMPLETIONS
        && spec.number("parallelism", 0) > MUCH_PARALLELISM) {
      warnings.add(
          "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher"
              + " than 10^4, a Kubernetes control plane might not be able to track"
              + " completedIndexes after a big number of failures");
    }
    JsonObject template = spec.object("template");
    if (current == null || !template.equals(templateOf(current))) {
      warnings.addAll(PodWarnings.template(template, path.child("template")));
    }
    return warnings;
  }

  private static JsonObject templateOf(JsonObject object) {
    JsonObject spec = object.object("spec");
    return spec.has("jobTemplate")
        ? spec.object("jobTemplate").object("spec").object("template")
        : spec.object("template");
  }
}
