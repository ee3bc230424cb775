package io.tiphys.apiserver.resource;

import java.util.List;
import java.util.regex.Pattern;

/** The rules for {@code metadata.name}, with upstream's texts. */
public final class ObjectNames {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  private ObjectNames() {}

  /**
   * RFC 1123 subdomains: the rule for most kinds.
   *
   * @param prefix whether a suffix will be appended (generateName): a trailing {@code -} is fine
   */
  public static List<String> subdomain(String name, boolean prefix) {
    String checked =
        prefix && name.endsWith("-") ? name.substring(0, name.length() - 1) + "a" : name;
    if (checked.length() > 253) {
      return List.of("must be no more than 253 bytes");
    }
    return SUBDOMAIN_PATTERN.matcher(checked).matches()
        ? List.of()
        : List.of(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                + " or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is '"
                + SUBDOMAIN_PATTERN.pattern()
                + "')");
  }

  /** RFC 1123 labels: namespaces, services and others whose names become one DNS label. */
  public static List<String> label(String name, boolean prefix) {
    String checked =
        prefix && name.endsWith("-") ? name.substring(0, name.length() - 1) + "a" : name;
    if (checked.length() > 63) {
      return List.of("must be no more than 63 bytes");
    }
    return LABEL_PATTERN.matcher(checked).matches()
        ? List.of()
        : List.of(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
                + " '123-abc', regex used for validation is '"
                + LABEL
                + "')");
  }
}
