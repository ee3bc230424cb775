package io.tiphys.model.validation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules for names, label keys and values, port names and the like. Each check returns what is
 * wrong, in upstream's words; an empty list if nothing is. Lengths are in bytes.
 */
public final class Names {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String UNDERSCORE_SUBDOMAIN =
      UNDERSCORE_LABEL + "(\\." + UNDERSCORE_LABEL + ")*";
  private static final String QUALIFIED_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String LABEL_VALUE = "(" + QUALIFIED_NAME + ")?";

  private static final NameRule DNS_LABEL =
      new NameRule(
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
              + " and must start and end with an alphanumeric character",
          LABEL,
          "my-name",
          "123-abc");
  private static final NameRule DNS_SUBDOMAIN =
      new NameRule(
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character",
          SUBDOMAIN,
          "example.com");
  private static final NameRule DNS_UNDERSCORE_SUBDOMAIN =
      new NameRule(
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_',"
              + " '-' or '.', and must start and end with an alphanumeric character",
          UNDERSCORE_SUBDOMAIN,
          "example.com");
  private static final NameRule WILDCARD_SUBDOMAIN =
      new NameRule(
          "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain,"
              + " which must consist of lower case alphanumeric characters, '-' or '.' and end with"
              + " an alphanumeric character",
          "\\*\\." + SUBDOMAIN,
          "*.example.com");
  private static final NameRule DNS_1035 =
      new NameRule(
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
              + " an alphabetic character, and end with an alphanumeric character",
          LABEL_1035,
          "my-name",
          "abc-123");
  private static final NameRule NAME_PART =
      new NameRule(
          "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
              + " alphanumeric character",
          QUALIFIED_NAME,
          "MyName",
          "my.name",
          "123-abc");
  private static final NameRule VALUE =
      new NameRule(
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character",
          LABEL_VALUE,
          "MyValue",
          "my_value",
          "12345");
  private static final NameRule C_IDENTIFIER =
      new NameRule(
          "a valid C identifier must start with alphabetic character or '_', followed by a string"
              + " of alphanumeric characters or '_'",
          "[A-Za-z_][A-Za-z0-9_]*",
          "my_name",
          "MY_NAME",
          "MyName");
  private static final NameRule CONFIG_KEY =
      new NameRule(
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
          "[-._a-zA-Z0-9]+",
          "key.name",
          "KEY_NAME",
          "key-name");
  private static final NameRule ENV_VAR =
      new NameRule(
          "a valid environment variable name must consist of alphabetic characters, digits, '_',"
              + " '-', or '.', and must not start with a digit",
          "[-._a-zA-Z][-._a-zA-Z0-9]*",
          "my.env-name",
          "MY_ENV.NAME",
          "MyEnvName1");
  private static final NameRule HTTP_HEADER =
      new NameRule(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          "[-A-Za-z0-9]+",
          "X-Header-Name");
  private static final NameRule PERCENT =
      new NameRule(
          "a valid percent string must be a numeric string followed by an ending '%'",
          "[0-9]+%", "1%", "93%");

  /** The most bytes that all keys and values of an object's annotations may have together. */
  public static final int MAX_ANNOTATIONS_BYTES = 256 * 1024;

  private Names() {}

  /** A label of a domain name (RFC 1123): namespaces, containers, volumes. */
  public static List<String> dnsLabel(String value) {
    if (value.length() <= 63 && Characters.isDnsLabel(value, 0, value.length())) {
      return List.of();
    }
    List<String> faults = tooLong(value, 63);
    if (!DNS_LABEL.matches(value)) {
      faults.add(DNS_SUBDOMAIN.matches(value) ? "must not contain dots" : DNS_LABEL.message());
    }
    return faults;
  }

  /** A domain name (RFC 1123): most objects' names. */
  public static List<String> dnsSubdomain(String value) {
    if (value.length() <= 253 && Characters.isDnsSubdomain(value)) {
      return List.of();
    }
    return check(value, 253, DNS_SUBDOMAIN);
  }

  /** A domain name with underscores: a pod's DNS search paths. */
  public static List<String> dnsSubdomainWithUnderscore(String value) {
    return check(value, 253, DNS_UNDERSCORE_SUBDOMAIN);
  }

  /** {@code *.} and a domain name: an Ingress rule's host. */
  public static List<String> wildcardDnsSubdomain(String value) {
    return check(value, 253, WILDCARD_SUBDOMAIN);
  }

  /** A label of a domain name (RFC 1035): services. */
  public static List<String> dns1035Label(String value) {
    return check(value, 63, DNS_1035);
  }

  /** A name that is one segment of a URL path: roles and bindings. */
  public static List<String> pathSegment(String value) {
    if (value.equals(".") || value.equals("..")) {
      return List.of("may not be '" + value + "'");
    }
    List<String> faults = new ArrayList<>();
    if (value.contains("/")) {
      faults.add("may not contain '/'");
    }
    if (value.contains("%")) {
      faults.add("may not contain '%'");
    }
    return faults;
  }

  /** A name with an optional domain before it: label and annotation keys, finalizers, resources. */
  public static List<String> qualifiedName(String value) {
    List<String> faults = new ArrayList<>();
    int slash = value.indexOf('/');
    String name = value.substring(slash + 1);
    if (slash != value.lastIndexOf('/')) {
      return List.of(
          "a valid label key "
              + NAME_PART.message()
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (slash == 0) {
      faults.add("prefix part must be non-empty");
    } else if (slash > 0) {
      dnsSubdomain(value.substring(0, slash)).forEach(f -> faults.add("prefix part " + f));
    }
    if (name.isEmpty()) {
      faults.add("name part must be non-empty");
    } else if (isLonger(name, 63)) {
      faults.add("name part must be no more than 63 bytes");
    }
    if (!Characters.isNamePart(name)) {
      faults.add("name part " + NAME_PART.message());
    }
    return faults;
  }

  public static List<String> labelValue(String value) {
    if (value.length() <= 63 && (value.isEmpty() || Characters.isNamePart(value))) {
      return List.of();
    }
    return check(value, 63, VALUE);
  }

  /** A name that a C program could use: resource claims' device attributes. */
  public static List<String> cIdentifier(String value) {
    return check(value, Integer.MAX_VALUE, C_IDENTIFIER);
  }

  /** A key of a ConfigMap or Secret: usable as a file name. */
  public static List<String> configMapKey(String value) {
    List<String> faults = check(value, 253, CONFIG_KEY);
    return withDots(value, faults);
  }

  public static List<String> envVarName(String value) {
    return withDots(value, check(value, Integer.MAX_VALUE, ENV_VAR));
  }

  /** An environment variable's name by the wider rule that pods have had since 1.30. */
  public static List<String> relaxedEnvVarName(String value) {
    List<String> faults = new ArrayList<>();
    if (value.isEmpty()) {
      faults.add("environment variable name must be non-empty");
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '=')) {
      faults.add(
          "a valid environment variable name must consist only of printable ASCII characters other"
              + " than '='");
    }
    return faults;
  }

  private static List<String> withDots(String value, List<String> faults) {
    String fault =
        value.equals(".") || value.equals("..")
            ? "must not be '" + value + "'"
            : value.startsWith("..") ? "must not start with '..'" : "";
    if (fault.isEmpty()) {
      return faults;
    }
    List<String> all = new ArrayList<>(faults);
    all.add(fault);
    return all;
  }

  public static List<String> httpHeaderName(String value) {
    return check(value, Integer.MAX_VALUE, HTTP_HEADER);
  }

  /** {@code 25%}. */
  public static List<String> percent(String value) {
    return check(value, Integer.MAX_VALUE, PERCENT);
  }

  /** A container port's name, or one that a service targets (RFC 6335). */
  public static List<String> portName(String value) {
    List<String> faults = tooLong(value, 15);
    if (value.isEmpty() || !value.chars().allMatch(c -> c == '-' || Characters.isLowerOrDigit(c))) {
      faults.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (value.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
      faults.add("must contain at least one letter (a-z)");
    }
    if (value.contains("--")) {
      faults.add("must not contain consecutive hyphens");
    }
    if (value.startsWith("-") || value.endsWith("-")) {
      faults.add("must not begin or end with a hyphen");
    }
    return faults;
  }

  public static List<String> portNumber(long port) {
    return range(port, 1, 65_535);
  }

  /** A user's or group's number. */
  public static List<String> userId(long id) {
    return range(id, 0, 0xffff_ffffL);
  }

  public static List<String> range(long value, long min, long max) {
    return value >= min && value <= max
        ? List.of()
        : List.of("must be between " + min + " and " + max + ", inclusive");
  }

  private static List<String> check(String value, int max, NameRule rule) {
    List<String> faults = tooLong(value, max);
    if (!rule.matches(value)) {
      faults.add(rule.message());
    }
    return faults;
  }

  private static List<String> tooLong(String value, int max) {
    List<String> faults = new ArrayList<>(2);
    if (isLonger(value, max)) {
      faults.add("must be no more than " + max + " bytes");
    }
    return faults;
  }

  private static boolean isLonger(String value, int max) {
    return value.length() > max
        || (value.length() > max / 3 && value.getBytes(StandardCharsets.UTF_8).length > max);
  }
}
