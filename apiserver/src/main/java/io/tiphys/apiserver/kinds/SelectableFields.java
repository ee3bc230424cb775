package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields that field selectors may name, beside {@code metadata.name} and {@code
 * metadata.namespace} (Kubernetes documentation, "Field Selectors"). Values are compared as texts;
 * an absent field is the zero value of its type.
 */
public final class SelectableFields {

  /**
   * A field: its name in selectors, where its value lies (the first place set), and what if not.
   */
  private record Selectable(String label, List<List<String>> places, String absent) {}

  private static final Map<GroupResource, Map<String, Selectable>> TABLE =
      new TableBuilder()
          .row("", "pods", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName")
          .row("", "pods", "spec.serviceAccountName", "status.phase", "status.nominatedNodeName")
          .row("", "pods", "status.podIP")
          .places("", "pods", "spec.host", "spec.nodeName")
          .withDefault("", "pods", "spec.hostNetwork", "false")
          .withDefault("", "nodes", "spec.unschedulable", "false")
          .row("", "secrets", "type")
          .row("", "namespaces", "status.phase")
          .row("", "services", "spec.clusterIP", "spec.type")
          .withDefault("", "replicationcontrollers", "status.replicas", "0")
          .row(
              "",
              "events",
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name")
          .row("", "events", "involvedObject.uid", "involvedObject.apiVersion")
          .row("", "events", "involvedObject.resourceVersion", "involvedObject.fieldPath")
          .row("", "events", "reason", "reportingComponent", "type")
          .places("", "events", "source", "source.component", "reportingComponent")
          .row("events.k8s.io", "events", "reason", "type")
          .places("events.k8s.io", "events", "regarding.kind", "involvedObject.kind")
          .places("events.k8s.io", "events", "regarding.namespace", "involvedObject.namespace")
          .places("events.k8s.io", "events", "regarding.name", "involvedObject.name")
          .places("events.k8s.io", "events", "regarding.uid", "involvedObject.uid")
          .places("events.k8s.io", "events", "regarding.apiVersion", "involvedObject.apiVersion")
          .places("events.k8s.io", "events", "regarding.fieldPath", "involvedObject.fieldPath")
          .places(
              "events.k8s.io",
              "events",
              "regarding.resourceVersion",
              "involvedObject.resourceVersion")
          .places("events.k8s.io", "events", "reportingController", "reportingComponent")
          .withDefault("apps", "replicasets", "status.replicas", "0")
          .withDefault("batch", "jobs", "status.successful", "0", "status.succeeded")
          .row("certificates.k8s.io", "certificatesigningrequests", "spec.signerName")
          .row("networking.k8s.io", "ipaddresses", "spec.parentRef.name")
          .build();

  private SelectableFields() {}

  /** Names of the fields of a resource, sorted. */
  public static Set<String> of(GroupResource resource) {
    Set<String> all = new TreeSet<>(Set.of("metadata.name", "metadata.namespace"));
    all.addAll(TABLE.getOrDefault(resource, Map.of()).keySet());
    return all;
  }

  /** The value of a field of an object in its stored form; empty if selectors may not name it. */
  public static Optional<String> value(GroupResource resource, String label, JsonObject object) {
    if (label.equals("metadata.name") || label.equals("metadata.namespace")) {
      String field = label.substring(label.indexOf('.') + 1);
      return Optional.of(object.object("metadata").string(field));
    }
    Selectable field = TABLE.getOrDefault(resource, Map.of()).get(label);
    return Optional.ofNullable(field).map(f -> text(f, object));
  }

  private static String text(Selectable field, JsonObject object) {
    for (List<String> place : field.places()) {
      String text = text(object.at(place.toArray(String[]::new)));
      if (!text.isEmpty()) {
        return text;
      }
    }
    return field.absent();
  }

  private static String text(@Nullable Json value) {
    return switch (value) {
      case JsonString s -> s.value();
      case JsonNumber n -> n.toString();
      case JsonBool b -> b.toString();
      case null, default -> "";
    };
  }

  /** Collects rows. */
  private static final class TableBuilder {
    private final Map<GroupResource, Map<String, Selectable>> rows = new HashMap<>();

    /** Fields that lie where their names say, empty where absent. */
    TableBuilder row(String group, String resource, String... labels) {
      for (String label : labels) {
        places(group, resource, label, label);
      }
      return this;
    }

    TableBuilder withDefault(String group, String resource, String label, String absent) {
      return add(group, resource, new Selectable(label, List.of(path(label)), absent));
    }

    TableBuilder withDefault(
        String group, String resource, String label, String absent, String place) {
      return add(group, resource, new Selectable(label, List.of(path(place)), absent));
    }

    /** A field that lies elsewhere. */
    TableBuilder places(String group, String resource, String label, String... places) {
      List<List<String>> paths = List.of(places).stream().map(TableBuilder::path).toList();
      return add(group, resource, new Selectable(label, paths, ""));
    }

    private TableBuilder add(String group, String resource, Selectable field) {
      rows.computeIfAbsent(new GroupResource(group, resource), _ -> new HashMap<>())
          .put(field.label(), field);
      return this;
    }

    private static List<String> path(String dotted) {
      return List.of(dotted.split("\\."));
    }

    Map<GroupResource, Map<String, Selectable>> build() {
      return Map.copyOf(rows);
    }
  }
}
