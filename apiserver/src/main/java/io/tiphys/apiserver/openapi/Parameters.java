package io.tiphys.apiserver.openapi;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters that operations take, by the options type each belongs to. */
final class Parameters {
  private static final String STRING = "string";
  private static final String BOOLEAN = "boolean";
  private static final String INTEGER = "integer";

  private record Parameter(String name, String type, String description, Set<String> verbs) {}

  private static final Set<String> WRITES = Set.of("create", "update", "patch");
  private static final Set<String> DELETES = Set.of("delete", "deletecollection");
  private static final Set<String> LISTS = Set.of("list", "deletecollection");

  private static final List<Parameter> ALL =
      List.of(
          new Parameter(
              "pretty",
              STRING,
              "If 'true', then the output is pretty printed.",
              Set.of("get", "list", "create", "update", "patch", "delete", "deletecollection")),
          new Parameter(
              "dryRun",
              STRING,
              "When present, nothing is stored. The only valid value is All: all stages run.",
              Set.of("create", "update", "patch", "delete", "deletecollection")),
          new Parameter(
              "fieldManager",
              STRING,
              "The name of the actor that makes these changes; at most 128 printable characters.",
              WRITES),
          new Parameter(
              "fieldValidation",
              STRING,
              "What to do with unknown and duplicate fields: Ignore, Warn (the default) or Strict.",
              WRITES),
          new Parameter(
              "force",
              BOOLEAN,
              "Take over fields that other managers own. For apply requests only.",
              Set.of("patch")),
          new Parameter(
              "gracePeriodSeconds",
              INTEGER,
              "Seconds before the object is deleted; 0 deletes at once.",
              DELETES),
          new Parameter(
              "orphanDependents",
              BOOLEAN,
              "Deprecated: use propagationPolicy. Whether dependents stay.",
              DELETES),
          new Parameter(
              "propagationPolicy",
              STRING,
              "What happens to dependents: Orphan, Background or Foreground.",
              DELETES),
          new Parameter("labelSelector", STRING, "Restricts the objects by their labels.", LISTS),
          new Parameter("fieldSelector", STRING, "Restricts the objects by their fields.", LISTS),
          new Parameter("limit", INTEGER, "The most objects to return in one response.", LISTS),
          new Parameter(
              "continue", STRING, "The token of the previous response, to go on after it.", LISTS),
          new Parameter(
              "resourceVersion",
              STRING,
              "Constrains at which resource version the request may be served.",
              LISTS),
          new Parameter(
              "resourceVersionMatch",
              STRING,
              "How resourceVersion is applied: Exact or NotOlderThan.",
              LISTS),
          new Parameter("timeoutSeconds", INTEGER, "Limits the duration of the call.", LISTS),
          new Parameter("watch", BOOLEAN, "Stream changes instead of a list.", Set.of("list")),
          new Parameter(
              "allowWatchBookmarks",
              BOOLEAN,
              "Ask for BOOKMARK events in a watch.",
              Set.of("list")),
          new Parameter(
              "sendInitialEvents",
              BOOLEAN,
              "Start a watch with the current objects as synthetic events.",
              Set.of("list")));

  private Parameters() {}

  static JsonArray query(String verb, Dialect dialect) {
    List<JsonObject> all = new ArrayList<>();
    for (Parameter parameter : ALL) {
      if (parameter.verbs().contains(verb)) {
        JsonObject head =
            JsonObject.of(
                "name", parameter.name(),
                "in", "query",
                "description", parameter.description());
        JsonObject schema = JsonObject.of("type", parameter.type(), "uniqueItems", true);
        all.add(dialect.parameter(head, schema));
      }
    }
    return JsonArray.of(all);
  }

  /** The parameters of a path itself. */
  static JsonArray path(boolean namespaced, @Nullable String kind, boolean rest, Dialect dialect) {
    List<JsonObject> all = new ArrayList<>();
    if (kind != null) {
      all.add(segment("name", "name of the " + kind, dialect));
    }
    if (namespaced) {
      all.add(
          segment(
              "namespace", "object name and auth scope, such as for teams and projects", dialect));
    }
    if (rest) {
      all.add(segment("path", "path to the resource", dialect));
    }
    return JsonArray.of(all);
  }

  private static JsonObject segment(String name, String description, Dialect dialect) {
    JsonObject head =
        JsonObject.of("name", name, "in", "path", "description", description, "required", true);
    return dialect.parameter(head, JsonObject.of("type", STRING, "uniqueItems", true));
  }
}
