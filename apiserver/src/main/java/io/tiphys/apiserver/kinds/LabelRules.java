package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.Locale;
import java.util.Set;

/** Labels, annotations and label selectors below the object's own metadata. */
public final class LabelRules {
  private static final Set<String> WITH_VALUES = Set.of("In", "NotIn");
  private static final Set<String> WITHOUT_VALUES = Set.of("Exists", "DoesNotExist");

  private LabelRules() {}

  /** Keys and values of a map of labels, such as a node selector. */
  public static void labels(JsonObject labels, FieldPath path, FieldErrors errors) {
    labels
        .strings()
        .forEach((key, value) -> {
          Names.qualifiedName(key)
              .forEach(fault -> errors.invalid(path, JsonString.of(key), fault));
          Names.labelValue(value)
              .forEach(fault -> errors.invalid(path, JsonString.of(value), fault));
        });
  }

  /** Keys of annotations and their total size. */
  public static void annotations(JsonObject annotations, FieldPath path, FieldErrors errors) {
    long size = 0;
    for (var entry : annotations.strings().entrySet()) {
      String key = entry.getKey();
      Names.qualifiedName(key.toLowerCase(Locale.ROOT))
          .forEach(fault -> errors.invalid(path, JsonString.of(key), fault));
      size += Texts.bytes(key) + Texts.bytes(entry.getValue());
    }
    if (size > Names.MAX_ANNOTATIONS_BYTES) {
      errors.add(FieldError.tooLong(path, Names.MAX_ANNOTATIONS_BYTES));
    }
  }

  /** A {@code metav1.LabelSelector}. */
  public static void selector(Scope selector) {
    labels(selector.value().object("matchLabels"), selector.at("matchLabels"), selector.errors());
    selector.each("matchExpressions", LabelRules::expression);
  }

  private static void expression(Scope expression) {
    String operator = expression.string("operator");
    if (WITH_VALUES.contains(operator)) {
      expression.required("values", "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (WITHOUT_VALUES.contains(operator)) {
      if (expression.isSet("values")) {
        expression.forbidden(
            "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      }
    } else {
      expression
          .errors()
          .invalid(
              expression.at("operator"), JsonString.of(operator), "not a valid selector operator");
    }
    expression.formatEvenEmpty("key", Names::qualifiedName);
    for (Scope.Item item : expression.strings("values")) {
      expression.format(item.path(), item.value(), Names::labelValue);
    }
  }
}
