package io.tiphys.apiserver.quota;

import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One condition on the objects that a quota counts: an entry of {@code spec.scopes} (the same as
 * operator Exists) or of {@code spec.scopeSelector} (Kubernetes documentation, "Resource Quotas").
 */
public record ScopeTerm(String scope, String operator, List<String> values) {
  public ScopeTerm {
    values = List.copyOf(values);
  }

  static List<ScopeTerm> of(JsonObject spec) {
    return Stream.concat(
            spec.array("scopes").strings().map(s -> new ScopeTerm(s, "Exists", List.of())),
            spec.object("scopeSelector")
                .array("matchExpressions")
                .objects()
                .map(e ->
                    new ScopeTerm(
                        e.string("scopeName"),
                        e.string("operator"),
                        e.array("values").strings().toList())))
        .toList();
  }

  /** Whether a value, null if there is none, fits the operator. */
  boolean matches(@Nullable String value) {
    return switch (operator) {
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      default -> false;
    };
  }
}
