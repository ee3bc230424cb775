package io.tiphys.apiserver.authorization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares rules: what do some allow that others do not? */
public final class RuleCoverage {
  private RuleCoverage() {}

  /** What is asked for and not covered by what is owned, in as few rules as possible. */
  public static List<Rule> missing(List<Rule> owned, List<Rule> asked) {
    List<Rule> missing = new ArrayList<>();
    for (Rule rule : asked) {
      for (Rule simple : simple(rule)) {
        if (owned.stream().noneMatch(owner -> covers(owner, simple))) {
          missing.add(simple);
        }
      }
    }
    return compact(missing);
  }

  /** The same permissions as rules of one verb on one resource, name or path each. */
  private static List<Rule> simple(Rule rule) {
    List<Rule> simple = new ArrayList<>();
    for (String verb : rule.verbs()) {
      for (String group : rule.apiGroups()) {
        for (String resource : rule.resources()) {
          if (rule.resourceNames().isEmpty()) {
            simple.add(resource(verb, group, resource, List.of()));
          }
          for (String name : rule.resourceNames()) {
            simple.add(resource(verb, group, resource, List.of(name)));
          }
        }
      }
      for (String url : rule.nonResourceUrls()) {
        simple.add(new Rule(List.of(verb), List.of(), List.of(), List.of(), List.of(url)));
      }
    }
    return simple;
  }

  private static Rule resource(String verb, String group, String resource, List<String> names) {
    return new Rule(List.of(verb), List.of(group), List.of(resource), names, List.of());
  }

  private static boolean covers(Rule owner, Rule simple) {
    return holds(owner.verbs(), simple.verbs())
        && holds(owner.apiGroups(), simple.apiGroups())
        && coversResource(owner.resources(), simple.resources())
        && coversNames(owner.resourceNames(), simple.resourceNames())
        && coversPath(owner.nonResourceUrls(), simple.nonResourceUrls());
  }

  private static boolean holds(List<String> owned, List<String> asked) {
    return owned.contains(Rule.ALL) || owned.containsAll(asked);
  }

  private static boolean coversResource(List<String> owned, List<String> asked) {
    if (holds(owned, asked)) {
      return true;
    }
    String resource = asked.getFirst();
    int slash = resource.indexOf('/');
    return slash >= 0 && owned.contains(Rule.ALL + resource.substring(slash));
  }

  /** No names means all. */
  private static boolean coversNames(List<String> owned, List<String> asked) {
    return owned.isEmpty() || (!asked.isEmpty() && owned.containsAll(asked));
  }

  private static boolean coversPath(List<String> owned, List<String> asked) {
    return asked.stream()
        .allMatch(path ->
            owned.stream()
                .anyMatch(own ->
                    own.equals(path)
                        || (own.endsWith(Rule.ALL)
                            && path.startsWith(own.substring(0, own.length() - 1)))));
  }

  /** Joins rules that differ in their verb only. */
  private static List<Rule> compact(List<Rule> simple) {
    Map<Rule, List<String>> verbs = new LinkedHashMap<>();
    List<Rule> paths = new ArrayList<>();
    for (Rule rule : simple) {
      if (rule.resources().isEmpty()) {
        paths.add(rule);
      } else {
        verbs
            .computeIfAbsent(withVerbs(rule, List.of()), r -> new ArrayList<>())
            .addAll(rule.verbs());
      }
    }
    List<Rule> compact = new ArrayList<>();
    verbs.forEach((rule, all) -> compact.add(withVerbs(rule, all.stream().distinct().toList())));
    compact.addAll(paths);
    return compact;
  }

  private static Rule withVerbs(Rule rule, List<String> verbs) {
    return new Rule(
        verbs, rule.apiGroups(), rule.resources(), rule.resourceNames(), rule.nonResourceUrls());
  }
}
