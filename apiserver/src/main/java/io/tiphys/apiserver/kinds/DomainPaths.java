package io.tiphys.apiserver.kinds;

import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names such as {@code example.com/controller}: a domain, a slash, and a path. */
public final class DomainPaths {
  private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  private static final Pattern PATH_PATTERN = Pattern.compile(PATH);

  private DomainPaths() {}

  /** What is wrong with a text that should be a domain-prefixed path. */
  public static List<String> faults(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      return List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
    }
    List<String> faults = new ArrayList<>(Names.dnsSubdomain(text.substring(0, slash)));
    if (!PATH_PATTERN.matcher(text.substring(slash + 1)).matches()) {
      faults.add("Invalid path (regex used for validation is '" + PATH + "')");
    }
    return faults;
  }
}
