package io.tiphys.apiserver.bootstrap;

import io.tiphys.apiserver.authorization.Rule;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The default roles and bindings, read from the table {@code rbac-defaults.txt}, which explains its
 * own form. Objects have no {@code apiVersion} and {@code kind}.
 */
public record RbacDefaults(
    List<JsonObject> clusterRoles,
    List<JsonObject> clusterRoleBindings,
    List<JsonObject> roles,
    List<JsonObject> roleBindings) {
  static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";
  private static final String TABLE = "rbac-defaults.txt";
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String CONTROLLER = "system:controller:";

  public RbacDefaults {
    clusterRoles = List.copyOf(clusterRoles);
    clusterRoleBindings = List.copyOf(clusterRoleBindings);
    roles = List.copyOf(roles);
    roleBindings = List.copyOf(roleBindings);
  }

  /** Reads the table. */
  public static RbacDefaults load() {
    try (InputStream in = RbacDefaults.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(TABLE + " is missing from this build");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rules of a default ClusterRole, such as {@code system:node}. */
  public List<Rule> rulesOf(String clusterRole) {
    return clusterRoles.stream()
        .filter(role -> role.object("metadata").string("name").equals(clusterRole))
        .findFirst()
        .map(Rule::allOf)
        .orElseThrow(() -> new IllegalArgumentException("no default role " + clusterRole));
  }

  static RbacDefaults parse(String table) {
    Parser parser = new Parser();
    int number = 0;
    for (String line : table.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        parser.line(line.startsWith(" "), List.of(line.strip().split(" +")));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(TABLE + ":" + number + ": " + e.getMessage(), e);
      }
    }
    return new RbacDefaults(
        parser.clusterRoles, parser.clusterRoleBindings, parser.roles, parser.roleBindings);
  }

  /** Collects objects; rules go to the role that was last begun. */
  private static final class Parser {
    private final List<JsonObject> clusterRoles = new ArrayList<>();
    private final List<JsonObject> clusterRoleBindings = new ArrayList<>();
    private final List<JsonObject> roles = new ArrayList<>();
    private final List<JsonObject> roleBindings = new ArrayList<>();
    private List<JsonObject> current = clusterRoles;

    void line(boolean inside, List<String> words) {
      if (inside) {
        current.add(inner(current.removeLast(), words));
        return;
      }
      switch (words.getFirst()) {
        case "clusterrole" -> {
          current = clusterRoles;
          current.add(role("", words.get(1), words.subList(2, words.size())));
        }
        case "controller" -> {
          current = clusterRoles;
          String name = CONTROLLER + words.get(1);
          current.add(role("", name, List.of()));
          String account = "ServiceAccount:kube-system/" + words.get(1);
          clusterRoleBindings.add(binding("", name, name, List.of(account)));
        }
        case "role" -> {
          current = roles;
          current.add(role(words.get(1), words.get(2), List.of()));
        }
        case "bind" -> bind(words);
        default -> throw new IllegalArgumentException("unknown word " + words.getFirst());
      }
    }

    private void bind(List<String> words) {
      List<String> what = words.subList(1, words.indexOf("to"));
      List<String> subjects = words.subList(words.indexOf("to") + 1, words.size());
      if (what.size() == 1) {
        clusterRoleBindings.add(binding("", what.getFirst(), what.getFirst(), subjects));
      } else {
        roleBindings.add(binding(what.get(0), what.get(1), what.get(2), subjects));
      }
    }
  }

  private static JsonObject role(String namespace, String name, List<String> labels) {
    JsonObject all = JsonObject.of("kubernetes.io/bootstrapping", "rbac-defaults");
    for (String label : labels) {
      all = all.with(GROUP + "/" + label, "true");
    }
    return JsonObject.of("metadata", metadata(namespace, name, all), "rules", JsonArray.EMPTY);
  }

  private static JsonObject metadata(String namespace, String name, JsonObject labels) {
    JsonObject metadata =
        JsonObject.of(
            "name", name, "labels", labels, "annotations", JsonObject.of(AUTO_UPDATE, "true"));
    return namespace.isEmpty() ? metadata : metadata.with("namespace", namespace);
  }

  private static JsonObject inner(JsonObject role, List<String> words) {
    if (words.getFirst().equals("aggregate")) {
      JsonObject selector =
          JsonObject.of("matchLabels", JsonObject.of(GROUP + "/" + words.get(1), "true"));
      return role.with(
          "aggregationRule", JsonObject.of("clusterRoleSelectors", JsonArray.of(selector)));
    }
    return role.with("rules", role.array("rules").append(rule(words).toJson()));
  }

  private static Rule rule(List<String> words) {
    Collection<String> verbs = new TreeSet<>();
    for (String verb : list(words.get(0))) {
      switch (verb) {
        case "READ" -> verbs.addAll(List.of("get", "list", "watch"));
        case "WRITE" ->
            verbs.addAll(List.of("create", "delete", "deletecollection", "patch", "update"));
        default -> verbs.add(verb);
      }
    }
    List<String> sorted = List.copyOf(verbs);
    if (words.get(1).equals("url")) {
      return new Rule(sorted, List.of(), List.of(), List.of(), list(words.get(2)));
    }
    List<String> groups =
        list(words.get(1)).stream().map(group -> group.equals("core") ? "" : group).toList();
    List<String> names = words.size() > 3 ? list(words.get(3)) : List.of();
    return new Rule(sorted, groups, list(words.get(2)), names, List.of());
  }

  private static List<String> list(String word) {
    return List.of(word.split(","));
  }

  private static JsonObject binding(
      String namespace, String name, String role, List<String> subjects) {
    JsonObject labels = JsonObject.of("kubernetes.io/bootstrapping", "rbac-defaults");
    JsonObject binding =
        JsonObject.of(
            "metadata",
            metadata(namespace, name, labels),
            "roleRef",
            JsonObject.of(
                "apiGroup",
                GROUP,
                "kind",
                namespace.isEmpty() ? "ClusterRole" : "Role",
                "name",
                role));
    List<Json> all = new ArrayList<>();
    subjects.forEach(subject -> all.add(subject(subject)));
    return all.isEmpty() ? binding : binding.with("subjects", JsonArray.of(all));
  }

  private static JsonObject subject(String word) {
    int colon = word.indexOf(':');
    String kind = word.substring(0, colon);
    String name = word.substring(colon + 1);
    if (kind.equals("ServiceAccount")) {
      int slash = name.indexOf('/');
      return JsonObject.of(
          "kind", kind, "namespace", name.substring(0, slash), "name", name.substring(slash + 1));
    }
    return JsonObject.of("apiGroup", GROUP, "kind", kind, "name", name);
  }
}
