package io.tiphys.model.selector;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One condition on one label.
 *
 * @param values the values to compare with, sorted, each once
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {

  /** How a label is compared. The names are those of selector strings. */
  public enum Operator {
    EQUALS("="),
    DOUBLE_EQUALS("=="),
    NOT_EQUALS("!="),
    IN("in"),
    NOT_IN("notin"),
    EXISTS("exists"),
    DOES_NOT_EXIST("!"),
    GREATER_THAN("gt"),
    LESS_THAN("lt");

    private final String text;

    Operator(String text) {
      this.text = text;
    }
  }

  public LabelRequirement {
    key = key.intern();
    values =
        values.size() == 1 ? List.copyOf(values) : values.stream().distinct().sorted().toList();
  }

  /** Checks key and values by upstream's rules. */
  static LabelRequirement checked(String key, Operator operator, List<String> values) {
    List<String> errors = new ArrayList<>();
    addInvalid(errors, "key", key, Names.qualifiedName(key));
    checkCount(errors, operator, values);
    for (int i = 0; i < values.size(); i++) {
      String at = "values[" + i + "]";
      String value = values.get(i);
      if (isComparison(operator) && parseLong(value).isEmpty()) {
        String why = "for 'Gt', 'Lt' operators, the value must be an integer";
        addInvalid(errors, at, value, List.of(why));
      }
      addInvalid(errors, at + "[" + key + "]", value, Names.labelValue(value));
    }
    if (!errors.isEmpty()) {
      throw new SelectorException(
          errors.size() == 1 ? errors.getFirst() : "[" + String.join(", ", errors) + "]");
    }
    return new LabelRequirement(key, operator, values);
  }

  private static void checkCount(List<String> errors, Operator operator, List<String> values) {
    String fault =
        switch (operator) {
          case IN, NOT_IN ->
              values.isEmpty() ? "for 'in', 'notin' operators, values set can't be empty" : "";
          case EQUALS, DOUBLE_EQUALS, NOT_EQUALS ->
              values.size() == 1 ? "" : "exact-match compatibility requires one single value";
          case EXISTS, DOES_NOT_EXIST ->
              values.isEmpty() ? "" : "values set must be empty for exists and does not exist";
          case GREATER_THAN, LESS_THAN ->
              values.size() == 1 ? "" : "for 'Gt', 'Lt' operators, exactly one value is required";
        };
    if (!fault.isEmpty()) {
      String list = JsonArray.ofStrings(values).toString();
      errors.add("values: Invalid value: " + list + ": " + fault);
    }
  }

  private static boolean isComparison(Operator operator) {
    return operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN;
  }

  private static void addInvalid(
      List<String> errors, String path, String value, List<String> faults) {
    if (!faults.isEmpty()) {
      errors.add(invalid(path, value, faults));
    }
  }

  static String invalid(String path, String value, List<String> faults) {
    return path + ": Invalid value: " + JsonString.of(value) + ": " + String.join("; ", faults);
  }

  /** Whether an object's labels satisfy this. */
  public boolean matches(JsonObject labels) {
    String value = labels.get(key) instanceof JsonString s ? s.value() : null;
    return switch (operator) {
      case EQUALS, DOUBLE_EQUALS, IN -> value != null && values.contains(value);
      case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN -> value != null && compare(value) > 0;
      case LESS_THAN -> value != null && compare(value) < 0;
    };
  }

  /** 0 where either is no number: then neither operator matches. */
  private int compare(String value) {
    OptionalLong number = parseLong(value);
    OptionalLong bound = parseLong(values.getFirst());
    return number.isPresent() && bound.isPresent()
        ? Long.compare(number.getAsLong(), bound.getAsLong())
        : 0;
  }

  private static OptionalLong parseLong(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** As in a selector string. */
  @Override
  public String toString() {
    return switch (operator) {
      case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> key + operator.text + values.getFirst();
      case IN, NOT_IN -> key + " " + operator.text + " (" + String.join(",", values) + ")";
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
      case GREATER_THAN -> key + ">" + values.getFirst();
      case LESS_THAN -> key + "<" + values.getFirst();
    };
  }
}
