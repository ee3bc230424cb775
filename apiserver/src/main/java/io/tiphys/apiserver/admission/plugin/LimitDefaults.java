package io.tiphys.apiserver.admission.plugin;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Fills in the requests and limits that a pod's containers leave open; notes it on the pod. */
final class LimitDefaults {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";
  private static final String NOTE = "LimitRanger plugin set: ";

  private LimitDefaults() {}

  /** The pod with the defaults of one range; its note replaces an earlier one's. */
  static JsonObject apply(JsonObject pod, JsonObject range) {
    List<String> notes = new ArrayList<>();
    JsonObject spec = pod.object("spec");
    for (JsonObject limit : range.object("spec").array("limits").objects().toList()) {
      if (limit.string("type").equals("Container")) {
        spec = filled(spec, "containers", "container", limit, notes);
        spec = filled(spec, "initContainers", "init container", limit, notes);
      }
    }
    if (notes.isEmpty()) {
      return pod;
    }
    return pod.with("spec", spec)
        .withAt(
            JsonString.of(NOTE + String.join("; ", notes)), "metadata", "annotations", ANNOTATION);
  }

  private static JsonObject filled(
      JsonObject spec, String field, String word, JsonObject limit, List<String> notes) {
    if (!spec.has(field)) {
      return spec;
    }
    List<Json> containers = new ArrayList<>();
    for (JsonObject container : spec.array(field).objects().toList()) {
      JsonObject resources = container.object("resources");
      String where = word + " " + container.string("name");
      JsonObject with =
          merged(resources, "requests", limit.object("defaultRequest"), "request", where, notes);
      with = merged(with, "limits", limit.object("default"), "limit", where, notes);
      containers.add(with == resources ? container : container.with("resources", with));
    }
    return spec.with(field, JsonArray.of(containers));
  }

  private static JsonObject merged(
      JsonObject resources,
      String field,
      JsonObject defaults,
      String word,
      String where,
      List<String> notes) {
    JsonObject values = resources.object(field);
    List<String> set = new ArrayList<>();
    for (String name : defaults.keys()) {
      if (!values.has(name)) {
        values = values.with(name, defaults.get(name));
        set.add(name);
      }
    }
    if (set.isEmpty()) {
      return resources;
    }
    notes.add(String.join(", ", set) + " " + word + " for " + where);
    return resources.with(field, values);
  }
}
