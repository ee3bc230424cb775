package io.tiphys.apiserver.kinds.apps;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.apiserver.kinds.pod.PodWarnings;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.selector.LabelSelector;
import io.tiphys.model.selector.SelectorException;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the workloads of this group have in common. */
final class WorkloadRules {
  private WorkloadRules() {}

  /**
   * A selector that is there, says something, and fits the template; and the template.
   *
   * @param ifEmpty what an empty selector is told
   * @param kind as upstream's message about deadlines names it
   */
  static void selectorAndTemplate(Scope spec, String ifEmpty, String kind) {
    if (spec.has("selector")) {
      LabelRules.selector(spec.in("selector"));
      spec.unless(says(spec.value().object("selector")) == 0, "selector", ifEmpty);
    } else {
      spec.errors().required(spec.at("selector"), "");
    }
    template(spec, kind);
  }

  /** The template, and that the selector selects its pods. */
  static void template(Scope spec, String kind) {
    Scope template = spec.in("template");
    Scope metadata = template.in("metadata");
    JsonObject labels = metadata.value().object("labels");
    boolean fits =
        spec.has("selector")
            && selector(spec).map(s -> s.isEverything() || s.matches(labels)).orElse(true);
    if (!fits) {
      metadata
          .errors()
          .invalid(metadata.at("labels"), labels, "`selector` does not match template `labels`");
    }
    PodTemplates.validate(template);
    PodTemplates.longRunning(template, kind);
  }

  private static int says(JsonObject selector) {
    return selector.object("matchLabels").size() + selector.array("matchExpressions").size();
  }

  /** The selector, unless it is absent or broken, which other rules speak of. */
  private static Optional<LabelSelector> selector(Scope spec) {
    try {
      return spec.has("selector")
          ? Optional.of(LabelSelector.ofObject(spec.value().get("selector")))
          : Optional.empty();
    } catch (SelectorException _) {
      return Optional.empty();
    }
  }

  static void selectorIsImmutable(Scope updated, JsonObject current) {
    updated.in("spec").immutable("selector", current.object("spec"));
  }

  /** Warnings about a new or changed template. */
  static List<String> templateWarnings(JsonObject object, @Nullable JsonObject current) {
    JsonObject template = object.object("spec").object("template");
    boolean same = current != null && template.equals(current.object("spec").get("template"));
    return same ? List.of() : PodWarnings.template(template, FieldPath.of("spec", "template"));
  }

  /** As {@link #templateWarnings}, and about a new name that pods derive theirs from. */
  static List<String> nameAndTemplateWarnings(JsonObject object, @Nullable JsonObject current) {
    List<String> faults = Names.dnsLabel(object.object("metadata").string("name"));
    List<String> warnings = new ArrayList<>();
    if (current == null && !faults.isEmpty()) {
      warnings.add(
          "metadata.name: this is used in Pod names and hostnames, which can result in surprising"
              + " behavior; a DNS label is recommended: ["
              + String.join(" ", faults)
              + "]");
    }
    warnings.addAll(templateWarnings(object, current));
    return warnings;
  }
}
