package io.tiphys.apiserver.kinds.batch;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.quantity.ValueFormatException;

/** When an Indexed Job counts as done before all its indexes are (KEP-3998). */
final class SuccessPolicyRules {
  private static final int MAX_RULES = 20;
  private static final int MAX_INDEXES_BYTES = 64 * 1024;

  private SuccessPolicyRules() {}

  static void validate(Scope policy, long completions) {
    policy.required(
        "rules", "at least one rules must be specified when the successPolicy is specified");
    Limits.items(policy, "rules", MAX_RULES);
    policy.each("rules", rule -> rule(rule, completions));
  }

  private static void rule(Scope rule, long completions) {
    boolean indexes = rule.has("succeededIndexes");
    if (!indexes && !rule.has("succeededCount")) {
      rule.errors()
          .required(
              rule.path(), "at least one of succeededCount or succeededIndexes must be specified");
    }
    long total = 0;
    if (indexes) {
      Limits.bytes(rule, "succeededIndexes", MAX_INDEXES_BYTES);
      try {
        total = JobIndexes.parse(rule.string("succeededIndexes"), completions).count();
      } catch (ValueFormatException e) {
        rule.invalid("succeededIndexes", "error parsing succeededIndexes: " + e.getMessage());
      }
    }
    rule.nonNegative("succeededCount");
    count(rule, completions, "specified completions");
    if (indexes) {
      count(rule, total, "indexes in the specified succeededIndexes field");
    }
  }

  private static void count(Scope rule, long most, String what) {
    rule.check(
        "succeededCount",
        n -> n <= most,
        "must be less than or equal to " + most + " (the number of " + what + ")");
  }
}
