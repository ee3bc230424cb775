package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Lists of {@code metav1.Condition}, by the rules of upstream's {@code ValidateConditions}. */
public final class Conditions {
  private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");
  private static final String REASON = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
  private static final Pattern REASON_PATTERN = Pattern.compile(REASON);
  private static final int MAX_REASON = 1024;
  private static final int MAX_MESSAGE = 32768;

  private Conditions() {}

  public static void check(Scope status, String list) {
    Set<String> types = new HashSet<>();
    status.each(
        list,
        condition -> {
          String type = condition.string("type");
          if (!type.isEmpty() && !types.add(type)) {
            condition.errors().duplicate(condition.at("type"), JsonString.of(type));
          }
          one(condition);
        });
  }

  private static void one(Scope condition) {
    condition.requiredFormat("type", Names::qualifiedName);
    condition.requiredOneOf("status", STATUSES);
    condition.nonNegative("observedGeneration");
    if (!condition.has("lastTransitionTime")) {
      condition.errors().required(condition.at("lastTransitionTime"), "");
    }
    if (condition.required("reason")) {
      String reason = condition.string("reason");
      condition.unless(
          !REASON_PATTERN.matcher(reason).matches(),
          "reason",
          "a condition reason must start with alphabetic character, optionally followed by a string"
              + " of alphanumeric characters or '_,:', and must end with an alphanumeric character"
              + " or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or"
              + " 'ReasonA:ReasonB', regex used for validation is '"
              + REASON
              + "')");
      Limits.bytes(condition, "reason", MAX_REASON);
    }
    Limits.bytes(condition, "message", MAX_MESSAGE);
  }
}
