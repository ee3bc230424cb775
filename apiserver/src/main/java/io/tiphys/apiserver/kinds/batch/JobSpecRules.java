package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.DomainPaths;
import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.pod.PodTemplates;
import io.tiphys.model.json.JsonString;
import java.util.List;
import java.util.Set;

/** The spec of a Job, alone or in the template of a CronJob; without its selector. */
final class JobSpecRules {
  private static final long MANY = 100_000;
  private static final long PARALLEL_IF_MANY = 10_000;
  private static final int MAX_MANAGED_BY = 63;
  private static final List<String> COUNTS =
      List.of(
          "parallelism",
          "completions",
          "activeDeadlineSeconds",
          "backoffLimit",
          "ttlSecondsAfterFinished",
          "backoffLimitPerIndex",
          "maxFailedIndexes");

  private JobSpecRules() {}

  static boolean indexed(Scope spec) {
    return spec.string("completionMode").equals("Indexed");
  }

  static void validate(Scope spec) {
    COUNTS.forEach(spec::nonNegative);
    if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
      spec.errors().required(spec.at("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
    if (spec.has("managedBy")) {
      spec.formatEvenEmpty("managedBy", DomainPaths::faults);
      Limits.bytes(spec, "managedBy", MAX_MANAGED_BY);
    }
    if (spec.has("completionMode")) {
      Limits.supported(spec, "completionMode", List.of("NonIndexed", "Indexed"));
    }
    if (indexed(spec)) {
      indexedRules(spec);
    } else {
      for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
        spec.unless(spec.has(field), field, "requires indexed completion mode");
      }
    }
    spec.with("podFailurePolicy", policy -> PodFailureRules.validate(policy, spec));
    spec.with("successPolicy", policy -> successPolicy(policy, spec));
    replacementPolicy(spec);
    PodTemplates.validate(spec.in("template"));
    restartPolicy(spec, spec.in("template").in("spec"));
  }

  private static void indexedRules(Scope spec) {
    if (!spec.has("completions")) {
      spec.errors().required(spec.at("completions"), "when completion mode is Indexed");
    }
    atMost(spec, "parallelism", MANY, " when completion mode is Indexed");
    long completions = spec.number("completions", Long.MAX_VALUE);
    spec.check(
        "maxFailedIndexes", n -> n <= completions, "must be less than or equal to completions");
    atMost(spec, "maxFailedIndexes", MANY, "");
    if (spec.number("completions", 0) > MANY && spec.has("backoffLimitPerIndex")) {
      if (!spec.has("maxFailedIndexes")) {
        spec.errors()
            .required(
                spec.at("maxFailedIndexes"), "must be specified when completions is above " + MANY);
      }
      String when =
          " when completions are above " + MANY + " and used with backoff limit per index";
      atMost(spec, "parallelism", PARALLEL_IF_MANY, when);
      atMost(spec, "maxFailedIndexes", PARALLEL_IF_MANY, when);
    }
  }

  private static void atMost(Scope spec, String field, long max, String when) {
    spec.check(field, n -> n <= max, "must be less than or equal to " + max + when);
  }

  private static void successPolicy(Scope policy, Scope spec) {
    if (indexed(spec)) {
      SuccessPolicyRules.validate(policy, spec.number("completions", 0));
    } else {
      spec.invalid("successPolicy", "requires indexed completion mode");
    }
  }

  private static void replacementPolicy(Scope spec) {
    if (spec.has("podReplacementPolicy")) {
      Limits.supported(
          spec,
          "podReplacementPolicy",
          spec.has("podFailurePolicy")
              ? List.of("Failed")
              : List.of("Failed", "TerminatingOrFailed"));
    }
  }

  private static void restartPolicy(Scope spec, Scope pod) {
    String policy = pod.string("restartPolicy");
    if (Set.of("", "Always").contains(policy)) {
      pod.errors().required(pod.at("restartPolicy"), "valid values: \"OnFailure\", \"Never\"");
    } else if (!Set.of("OnFailure", "Never").contains(policy)) {
      pod.errors()
          .notSupported(
              pod.at("restartPolicy"), JsonString.of(policy), List.of("OnFailure", "Never"));
    } else {
      pod.unless(
          spec.has("podFailurePolicy") && !policy.equals("Never"),
          "restartPolicy",
          "only \"Never\" is supported when podFailurePolicy is specified");
    }
  }
}
