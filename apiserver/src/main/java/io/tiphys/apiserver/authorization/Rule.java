package io.tiphys.apiserver.authorization;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy rule of a role: verbs on resources, or on paths (non-resource URLs). {@code "*"} stands
 * for all; {@code "*}{@code /scale"} for the subresource of every resource; a path may end in
 * {@code *}.
 */
public record Rule(
    List<String> verbs,
    List<String> apiGroups,
    List<String> resources,
    List<String> resourceNames,
    List<String> nonResourceUrls) {

  static final String ALL = "*";

  /** All verbs on all resources and paths: what {@code cluster-admin} has. */
  static final List<Rule> EVERYTHING =
      List.of(
          new Rule(List.of(ALL), List.of(ALL), List.of(ALL), List.of(), List.of()),
          new Rule(List.of(ALL), List.of(), List.of(), List.of(), List.of(ALL)));

  public Rule {
    verbs = List.copyOf(verbs);
    apiGroups = List.copyOf(apiGroups);
    resources = List.copyOf(resources);
    resourceNames = List.copyOf(resourceNames);
    nonResourceUrls = List.copyOf(nonResourceUrls);
  }

  /** From the API's form. */
  public static Rule of(JsonObject rule) {
    return new Rule(
        rule.array("verbs").strings().toList(),
        rule.array("apiGroups").strings().toList(),
        rule.array("resources").strings().toList(),
        rule.array("resourceNames").strings().toList(),
        rule.array("nonResourceURLs").strings().toList());
  }

  /** The rules of a role. */
  public static List<Rule> allOf(JsonObject role) {
    return role.array("rules").objects().map(Rule::of).toList();
  }

  /** The API's form, without empty lists. */
  public JsonObject toJson() {
    JsonObject.Builder json = new JsonObject.Builder();
    put(json, "verbs", verbs);
    put(json, "apiGroups", apiGroups);
    put(json, "resources", resources);
    put(json, "resourceNames", resourceNames);
    put(json, "nonResourceURLs", nonResourceUrls);
    return json.build();
  }

  private static void put(JsonObject.Builder json, String key, List<String> values) {
    if (!values.isEmpty()) {
      json.put(key, JsonArray.ofStrings(values));
    }
  }

  boolean allows(Attributes asked) {
    if (!allowsVerb(asked.verb())) {
      return false;
    }
    if (!asked.resourceRequest()) {
      return allowsPath(asked.path());
    }
    return (apiGroups.contains(ALL) || apiGroups.contains(asked.group()))
        && allowsResource(asked.resource(), asked.subresource())
        && (resourceNames.isEmpty() || resourceNames.contains(asked.name()));
  }

  private boolean allowsVerb(String verb) {
    for (String allowed : verbs) {
      if (allowed.equals(ALL) || allowed.equals(verb)) {
        return true;
      }
    }
    return false;
  }

  private boolean allowsResource(String resource, String subresource) {
    for (String allowed : resources) {
      if (allowed.equals(ALL) || names(allowed, resource, subresource)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether this is {@code resource}, {@code resource/subresource} or {@code *}{@code
   * /subresource}.
   */
  private static boolean names(String allowed, String resource, String subresource) {
    if (subresource.isEmpty()) {
      return allowed.equals(resource);
    }
    int slash = allowed.length() - subresource.length() - 1;
    return slash > 0
        && allowed.charAt(slash) == '/'
        && allowed.endsWith(subresource)
        && ((slash == 1 && allowed.charAt(0) == '*')
            || (slash == resource.length() && allowed.startsWith(resource)));
  }

  private boolean allowsPath(String path) {
    for (String allowed : nonResourceUrls) {
      if (allowed.equals(ALL)
          || allowed.equals(path)
          || (allowed.endsWith(ALL) && path.regionMatches(0, allowed, 0, allowed.length() - 1))) {
        return true;
      }
    }
    return false;
  }

  /** As error messages show it: {@code {APIGroups:[""], Resources:["pods"], Verbs:["get"]}}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    part(parts, "APIGroups", apiGroups);
    part(parts, "Resources", resources);
    part(parts, "NonResourceURLs", nonResourceUrls);
    part(parts, "ResourceNames", resourceNames);
    part(parts, "Verbs", verbs);
    return "{" + String.join(", ", parts) + "}";
  }

  private static void part(List<String> parts, String name, List<String> values) {
    if (!values.isEmpty()) {
      parts.add(name + ":" + quoted(values));
    }
  }

  /** A list as messages show it: {@code ["a" "b"]}. */
  static String quoted(List<String> values) {
    return values.stream().map(v -> '"' + v + '"').collect(Collectors.joining(" ", "[", "]"));
  }
}
