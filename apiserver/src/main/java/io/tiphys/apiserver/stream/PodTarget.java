package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pod that a streaming request is about.
 *
 * @param pod the object
 */
record PodTarget(JsonObject pod) {
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");

  static PodTarget find(StoredObjects objects, RequestContext context) {
    String name = context.info().name();
    return new PodTarget(
        objects
            .get(PODS, context.info().namespace(), name)
            .orElseThrow(() -> ApiException.notFound(PODS, name)));
  }

  String namespace() {
    return pod.object("metadata").string("namespace");
  }

  String name() {
    return pod.object("metadata").string("name");
  }

  /** Where the pod runs; empty while it is not scheduled. */
  Optional<String> node() {
    String node = pod.object("spec").string("nodeName");
    return node.isEmpty() ? Optional.empty() : Optional.of(node);
  }

  /** The pod's node as an object; NotFound if it has gone. */
  static JsonObject node(StoredObjects objects, String name) {
    return objects.cached(NODES, "", name).orElseThrow(() -> ApiException.notFound(NODES, name));
  }

  String phase() {
    return pod.object("status").string("phase");
  }

  /** The path of a container (or of the pod, if it is empty) on its kubelet. */
  String path(String verb, String container) {
    String path = "/" + verb + "/" + Query.encode(namespace()) + "/" + Query.encode(name());
    return container.isEmpty() ? path : path + "/" + Query.encode(container);
  }

  /** The container that is named, or the only one if none is. */
  String container(String wanted) {
    List<String> containers = names("containers");
    List<String> init = names("initContainers");
    List<String> ephemeral = names("ephemeralContainers");
    if (wanted.isEmpty()) {
      if (containers.size() == 1) {
        return containers.getFirst();
      }
      String message =
          containers.isEmpty()
              ? "a container name must be specified for pod " + name()
              : "a container name must be specified for pod "
                  + name()
                  + ", choose one of: ["
                  + String.join(" ", containers)
                  + "]";
      if (!containers.isEmpty() && !init.isEmpty()) {
        message += " or one of the init containers: [" + String.join(" ", init) + "]";
      }
      throw ApiException.badRequest(message);
    }
    if (Stream.of(containers, init, ephemeral).noneMatch(names -> names.contains(wanted))) {
      throw ApiException.badRequest("container " + wanted + " is not valid for pod " + name());
    }
    return wanted;
  }

  private List<String> names(String field) {
    return pod.object("spec").array(field).objects().map(c -> c.string("name")).toList();
  }
}
