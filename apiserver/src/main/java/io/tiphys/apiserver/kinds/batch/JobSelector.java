package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.selector.LabelSelector;
import io.tiphys.model.selector.SelectorException;
import java.util.Map;

/**
 * The selector of a Job, which the server makes unless the user asks for one of their own: pods
 * carry the job's uid and name, each under an old and a new key.
 */
final class JobSelector {
  private static final String UID = "batch.kubernetes.io/controller-uid";
  private static final String NAME = "batch.kubernetes.io/job-name";
  private static final String OLD_UID = "controller-uid";
  private static final String OLD_NAME = "job-name";

  private JobSelector() {}

  /** Labels the template and sets the selector; labels that the user has set stay. */
  static JsonObject generate(JsonObject job) {
    JsonObject labels = job.object("spec").object("template").object("metadata").object("labels");
    for (Map.Entry<String, String> label : expected(job).entrySet()) {
      labels = labels.has(label.getKey()) ? labels : labels.with(label.getKey(), label.getValue());
    }
    JsonObject result = job.withAt(labels, "spec", "template", "metadata", "labels");
    JsonObject selected = job.object("spec").object("selector").object("matchLabels");
    return selected.has(UID) || selected.has(OLD_UID)
        ? result
        : result.withAt(JsonString.of(uid(job)), "spec", "selector", "matchLabels", UID);
  }

  private static String uid(JsonObject job) {
    return job.object("metadata").string("uid");
  }

  private static Map<String, String> expected(JsonObject job) {
    String name = job.object("metadata").string("name");
    return Map.of(UID, uid(job), OLD_UID, uid(job), NAME, name, OLD_NAME, name);
  }

  /** That a generated selector is what the server made it. */
  static void check(Scope job) {
    Scope metadata = job.in("metadata");
    metadata.required("uid");
    Scope template = job.in("spec").in("template").in("metadata");
    JsonObject labels = template.value().object("labels");
    expected(job.value())
        .forEach((key, value) -> {
          if (!labels.has(key)) {
            template.errors().required(template.at("labels").key(key), "must be '" + value + "'");
          } else if (!labels.string(key).equals(value)) {
            template
                .errors()
                .invalid(template.at("labels").key(key), labels, "must be '" + value + "'");
          }
        });
    Scope spec = job.in("spec");
    spec.unless(
        !selects(spec, JsonObject.ofStrings(expected(job.value()))),
        "selector",
        "`selector` not auto-generated");
  }

  /** That the selector selects the job's pods. */
  static void matchesTemplate(Scope spec) {
    Scope metadata = spec.in("template").in("metadata");
    JsonObject labels = metadata.value().object("labels");
    if (!selects(spec, labels)) {
      metadata
          .errors()
          .invalid(metadata.at("labels"), labels, "`selector` does not match template `labels`");
    }
  }

  /** Whether the selector selects labels; a broken one is spoken of elsewhere. */
  private static boolean selects(Scope spec, JsonObject labels) {
    try {
      return LabelSelector.ofObject(spec.value().get("selector")).matches(labels);
    } catch (SelectorException _) {
      return true;
    }
  }
}
