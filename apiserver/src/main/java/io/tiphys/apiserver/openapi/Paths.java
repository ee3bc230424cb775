package io.tiphys.apiserver.openapi;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Describes the paths of resources: an operation for each verb. */
final class Paths {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  private static final String FOR_ALL = "ForAllNamespaces";

  /** The HTTP method, upstream's action name and operation id of each verb. */
  private record Verb(String method, String action, String id) {}

  private static final Map<String, Verb> VERBS =
      Map.of(
          "list", new Verb("get", "list", "list"),
          "create", new Verb("post", "post", "create"),
          "deletecollection", new Verb("delete", "deletecollection", "deleteCollection"),
          "get", new Verb("get", "get", "read"),
          "update", new Verb("put", "put", "replace"),
          "patch", new Verb("patch", "patch", "patch"),
          "delete", new Verb("delete", "delete", "delete"));

  private static final List<String> COLLECTION = List.of("list", "create", "deletecollection");
  private static final List<String> ITEM = List.of("get", "update", "patch", "delete");

  /** Subresources that stream or proxy: they connect rather than read or write. */
  private static final Set<String> CONNECTING = Set.of("attach", "exec", "portforward", "proxy");

  private final Schema schema;
  private final Dialect dialect;
  private final Definitions definitions;
  private final TreeMap<String, Json> paths = new TreeMap<>();

  Paths(Schema schema, Dialect dialect, Definitions definitions) {
    this.schema = schema;
    this.dialect = dialect;
    this.definitions = definitions;
  }

  JsonObject all() {
    JsonObject.Builder all = new JsonObject.Builder(paths.size());
    paths.forEach(all::put);
    return all.build();
  }

  void add(ResourceType type) {
    String base = "/" + prefix(type) + "/";
    String plural = type.resource().resource();
    String scope = type.namespaced() ? "namespaces/{namespace}/" : "";
    Set<String> verbs = type.verbs();
    String collection = base + scope + plural;
    operations(collection, type, verbs, COLLECTION, Target.of(type, schema), null);
    if (type.namespaced() && verbs.contains("list")) {
      JsonObject list = operation(type, "list", Target.of(type, schema), FOR_ALL, null);
      paths.put(
          base + plural,
          JsonObject.of("get", list, "parameters", Parameters.path(false, null, false, dialect)));
    }
    String item = collection + "/{name}";
    operations(item, type, verbs, ITEM, Target.of(type, schema), null);
    for (Subresource subresource : type.subresources().values()) {
      Target target = Target.of(subresource);
      String path = item + "/" + subresource.name();
      List<String> all = new ArrayList<>(ITEM);
      all.add("create");
      operations(path, type, subresource.verbs(), all, target, subresource.name());
      if (subresource.name().equals("proxy")) {
        operations(path + "/{path}", type, subresource.verbs(), all, target, subresource.name());
      }
    }
  }

  static String prefix(ResourceType type) {
    return type.resource().group().isEmpty()
        ? "api/" + type.resource().version()
        : "apis/" + type.resource().groupVersion();
  }

  /** What an operation reads and writes. */
  private record Target(
      GroupVersionKind kind, @Nullable StructType type, @Nullable StructType list) {
    static Target of(ResourceType type, Schema schema) {
      GroupVersionKind listKind = type.kind().groupVersion().kind(type.kind().kind() + "List");
      return new Target(type.kind(), type.schema(), schema.kind(listKind).orElse(null));
    }

    static Target of(Subresource subresource) {
      return new Target(subresource.kind(), subresource.schema(), null);
    }
  }

  private void operations(
      String path,
      ResourceType type,
      Collection<String> offered,
      List<String> possible,
      Target target,
      @Nullable String subresource) {
    JsonObject item = JsonObject.EMPTY;
    for (String verb : possible) {
      if (offered.contains(verb)) {
        item = item.with(VERBS.get(verb).method(), operation(type, verb, target, "", subresource));
      }
    }
    if (!item.isEmpty()) {
      boolean named = path.contains("{name}");
      paths.put(
          path,
          item.with(
              "parameters",
              Parameters.path(
                  type.namespaced(),
                  named ? type.kind().kind() : null,
                  path.endsWith("{path}"),
                  dialect)));
    }
  }

  private JsonObject operation(
      ResourceType type, String verb, Target target, String suffix, @Nullable String subresource) {
    boolean connects = subresource != null && CONNECTING.contains(subresource);
    Verb words = VERBS.get(verb);
    String group = tag(type);
    JsonObject operation =
        JsonObject.of(
            "operationId",
                id(
                    type,
                    connects ? "connect" + capital(words.method()) : words.id(),
                    suffix + (subresource == null ? "" : capital(subresource))),
            "description", description(words, target, subresource),
            "tags", Definitions.strings(group),
            "x-kubernetes-action", connects ? "connect" : words.action(),
            "x-kubernetes-group-version-kind", Definitions.kind(target.kind()));
    StructType answer =
        switch (verb) {
          case "list" -> target.list();
          case "delete", "deletecollection" -> schema.struct(META + "Status");
          default -> target.type();
        };
    StructType body =
        switch (verb) {
          case "create", "update" -> target.type();
          case "delete", "deletecollection" -> schema.struct(META + "DeleteOptions");
          case "patch" -> schema.struct(META + "Patch");
          default -> null;
        };
    return new OperationBody(dialect, definitions)
        .complete(operation, verb, connects ? null : answer, connects ? null : body);
  }

  private static String description(Verb verb, Target target, @Nullable String subresource) {
    return verb.id()
        + " "
        + (subresource == null ? "" : subresource + " of ")
        + "the specified "
        + target.kind().kind();
  }

  private static String tag(ResourceType type) {
    return group(type) + "_" + type.resource().version();
  }

  /**
   * The group's first label without dots: {@code rbacAuthorization} for rbac.authorization.k8s.io.
   */
  private static String group(ResourceType type) {
    String group = type.resource().group();
    if (group.isEmpty()) {
      return "core";
    }
    String[] labels = group.replaceFirst("\\.k8s\\.io$", "").split("\\.");
    StringBuilder name = new StringBuilder(labels[0]);
    for (int i = 1; i < labels.length; i++) {
      name.append(capital(labels[i]));
    }
    return name.toString();
  }

  private static String id(ResourceType type, String verb, String suffix) {
    String scope = type.namespaced() && !suffix.equals(FOR_ALL) ? "Namespaced" : "";
    String collection = verb.equals("deleteCollection") ? "Collection" : "";
    String start = collection.isEmpty() ? verb : "delete";
    return start
        + capital(group(type))
        + capital(type.resource().version())
        + collection
        + scope
        + type.kind().kind()
        + suffix;
  }

  static String capital(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
