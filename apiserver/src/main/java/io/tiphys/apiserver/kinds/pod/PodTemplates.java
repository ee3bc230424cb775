package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import java.util.Collection;
import java.util.List;

/**
 * The {@code PodTemplateSpec} of a workload: {@code spec.template} of a Deployment and the like.
 */
public final class PodTemplates {
  private PodTemplates() {}

  /** Computes the defaults of a template; see {@link PodDefaults}. */
  public static JsonObject defaults(JsonObject template) {
    return Trees.change(template, "spec", PodDefaults::spec);
  }

  /** Computes the defaults of the template that lies at {@code spec.template}. */
  public static JsonObject defaultsInSpec(JsonObject workload) {
    return Trees.change(
        workload, "spec", spec -> Trees.change(spec, "template", PodTemplates::defaults));
  }

  /** What every template must satisfy. */
  public static void validate(Scope template) {
    Scope metadata = template.in("metadata");
    LabelRules.labels(metadata.value().object("labels"), template.at("labels"), template.errors());
    LabelRules.annotations(
        metadata.value().object("annotations"), template.at("annotations"), template.errors());
    Scope spec = template.in("spec");
    PodSpecValidation.validate(spec, PodSpecValidation.Use.TEMPLATE);
    if (spec.isSet("ephemeralContainers")) {
      spec.forbidden("ephemeralContainers", "ephemeral containers not allowed in pod template");
    }
  }

  /** The restart policies that a kind of workload allows. */
  public static void restartPolicies(Scope template, Collection<String> allowed) {
    template.in("spec").oneOf("restartPolicy", allowed);
  }

  /**
   * A workload that keeps its pods running forever: they restart and have no deadline.
   *
   * @param kind as upstream's message names it
   */
  public static void longRunning(Scope template, String kind) {
    restartPolicies(template, List.of("Always"));
    if (template.in("spec").has("activeDeadlineSeconds")) {
      template
          .in("spec")
          .forbidden(
              "activeDeadlineSeconds", "activeDeadlineSeconds in " + kind + " is not Supported");
    }
  }
}
