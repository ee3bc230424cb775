package io.tiphys.model.selector;

/**
 * One condition on one field.
 *
 * @param field the field label, most often a path such as {@code spec.nodeName}
 * @param equal whether the field must have the value, or must not
 * @param value as the field's value is written; {@code ""} stands for an absent field too
 */
public record FieldTerm(String field, boolean equal, String value) {

  boolean matches(String actual) {
    return equal == value.equals(actual);
  }

  /** As in a selector string, with the value's special characters escaped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(field).append(equal ? "=" : "!=");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' || c == ',' || c == '=') {
        text.append('\\');
      }
      text.append(c);
    }
    return text.toString();
  }
}
