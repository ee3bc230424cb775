package io.tiphys.model.selector;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.selector.LabelRequirement.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A choice of objects by their labels: every requirement must hold. Written as a string ({@code
 * app=web,tier in (a,b),!legacy}) or as an object with {@code matchLabels} and {@code
 * matchExpressions} (Kubernetes documentation, "Labels and Selectors").
 */
public final class LabelSelector {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), true);
  public static final LabelSelector NOTHING = new LabelSelector(List.of(), false);

  private static final Map<String, Operator> OBJECT_OPERATORS =
      Map.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST);

  private final List<LabelRequirement> requirements;
  private final boolean selectable;

  private LabelSelector(List<LabelRequirement> requirements, boolean selectable) {
    this.requirements = requirements;
    this.selectable = selectable;
  }

  /** All requirements must hold; none selects everything. */
  public static LabelSelector of(List<LabelRequirement> requirements) {
    return requirements.isEmpty()
        ? EVERYTHING
        : new LabelSelector(
            requirements.stream().sorted(Comparator.comparing(LabelRequirement::key)).toList(),
            true);
  }

  /**
   * Reads a selector string; the empty string selects everything.
   *
   * @throws SelectorException if the string is no selector
   */
  public static LabelSelector parse(String text) {
    return of(new LabelSelectorParser(text).parse());
  }

  /** Selects the objects that have all these labels. Keys and values are not checked. */
  public static LabelSelector ofLabels(JsonObject labels) {
    List<LabelRequirement> list = new ArrayList<>(labels.size());
    labels
        .strings()
        .forEach((k, v) -> list.add(new LabelRequirement(k, Operator.EQUALS, List.of(v))));
    return of(list);
  }

  /**
   * Reads a {@code metav1.LabelSelector}. An absent one selects nothing, an empty one everything.
   *
   * @throws SelectorException if a key, operator or value is not allowed
   */
  public static LabelSelector ofObject(@Nullable Json selector) {
    if (selector == null || selector == JsonNull.NULL) {
      return NOTHING;
    }
    if (!(selector instanceof JsonObject object)) {
      throw new SelectorException("a label selector must be an object");
    }
    List<LabelRequirement> list = new ArrayList<>();
    object
        .object("matchLabels")
        .strings()
        .forEach((k, v) -> list.add(LabelRequirement.checked(k, Operator.EQUALS, List.of(v))));
    object.array("matchExpressions").objects().map(LabelSelector::expression).forEach(list::add);
    return of(list);
  }

  private static LabelRequirement expression(JsonObject expression) {
    Operator operator = OBJECT_OPERATORS.get(expression.string("operator"));
    if (operator == null) {
      throw new SelectorException(
          JsonString.of(expression.string("operator")) + " is not a valid label selector operator");
    }
    List<String> values = expression.array("values").strings().toList();
    return LabelRequirement.checked(expression.string("key"), operator, values);
  }

  /** Whether labels satisfy this. */
  public boolean matches(JsonObject labels) {
    for (int i = 0; i < requirements.size(); i++) {
      if (!requirements.get(i).matches(labels)) {
        return false;
      }
    }
    return selectable;
  }

  /** Whether an object's {@code metadata.labels} satisfy this. */
  public boolean matchesObject(JsonObject object) {
    return isEverything() || matches(object.object("metadata").object("labels"));
  }

  public boolean isEverything() {
    return selectable && requirements.isEmpty();
  }

  public boolean isNothing() {
    return !selectable;
  }

  /** Sorted by key. */
  public List<LabelRequirement> requirements() {
    return requirements;
  }

  /** The one value that a label must have, if there is just one. For indexes. */
  public Optional<String> requiredValue(String key) {
    return requirements.stream()
        .filter(r -> r.key().equals(key) && r.values().size() == 1)
        .filter(r ->
            switch (r.operator()) {
              case EQUALS, DOUBLE_EQUALS, IN -> true;
              case NOT_EQUALS, NOT_IN, EXISTS, DOES_NOT_EXIST, GREATER_THAN, LESS_THAN -> false;
            })
        .map(r -> r.values().getFirst())
        .findFirst();
  }

  /** Selects what both select. */
  public LabelSelector and(LabelSelector other) {
    if (!selectable || !other.selectable) {
      return NOTHING;
    }
    return of(Stream.concat(requirements.stream(), other.requirements.stream()).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSelector s
        && selectable == s.selectable
        && requirements.equals(s.requirements);
  }

  @Override
  public int hashCode() {
    return 31 * requirements.hashCode() + Boolean.hashCode(selectable);
  }

  /** The canonical string; empty for everything, and for nothing too. */
  @Override
  public String toString() {
    return requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
  }
}
