package io.tiphys.apiserver.admission.plugin;

import static io.tiphys.apiserver.admission.plugin.NodeRestriction.orEmpty;
import static io.tiphys.apiserver.admission.plugin.NodeRestriction.unless;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.kinds.pod.PodReferences;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a kubelet may do with pods: mirror those it runs by itself, report on and end its own. */
final class NodePods {
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final StoredObjects objects;

  NodePods(StoredObjects objects) {
    this.objects = objects;
  }

  Optional<String> fault(String node, AdmissionRequest request) {
    return switch (request.subresource()) {
      case "" -> pod(node, request);
      case "status" -> status(node, request);
      case "eviction" -> eviction(node, request);
      default ->
          Optional.of(
              "unexpected pod subresource \""
                  + request.subresource()
                  + "\", only 'status' and 'eviction' are allowed");
    };
  }

  private Optional<String> pod(String node, AdmissionRequest request) {
    String self = "node \"" + node + "\"";
    return switch (request.operation()) {
      case CREATE -> creation(node, self, orEmpty(request.object()));
      case DELETE ->
          unless(
              runsOn(node, orEmpty(request.old())),
              self + " can only delete pods with spec.nodeName set to itself");
      case UPDATE, CONNECT ->
          Optional.of(
              "unexpected operation \""
                  + request.operation()
                  + "\", "
                  + self
                  + " can only create and delete mirror pods");
    };
  }

  private Optional<String> creation(String node, String self, JsonObject pod) {
    if (!pod.object("metadata").object("annotations").has(MIRROR)) {
      return Optional.of(
          "pod does not have \""
              + MIRROR
              + "\" annotation, "
              + self
              + " can only create mirror pods");
    }
    if (!runsOn(node, pod)) {
      return Optional.of(self + " can only create pods with spec.nodeName set to itself");
    }
    return owner(node, self, pod.object("metadata").array("ownerReferences"))
        .or(() -> reference(self, pod));
  }

  private static boolean runsOn(String node, JsonObject pod) {
    return pod.object("spec").string("nodeName").equals(node);
  }

  private Optional<String> owner(String node, String self, JsonArray owners) {
    if (owners.size() > 1) {
      return Optional.of(
          self + " can only create pods with a single owner reference set to itself");
    }
    JsonObject owner = owners.objects().findFirst().orElse(JsonObject.EMPTY);
    boolean own =
        owner.string("apiVersion").equals("v1")
            && owner.string("kind").equals("Node")
            && owner.string("name").equals(node);
    if (!own) {
      return Optional.of(self + " can only create pods with an owner reference set to itself");
    }
    if (!owner.bool("controller")) {
      return Optional.of(
          self + " can only create pods with a controller owner reference set to itself");
    }
    if (owner.bool("blockOwnerDeletion")) {
      return Optional.of(self + " must not set blockOwnerDeletion on an owner reference");
    }
    String uid =
        objects
            .cached(Kinds.NODES, "", node)
            .orElseThrow(() -> ApiException.notFound(Kinds.NODES, node))
            .object("metadata")
            .string("uid");
    return unless(
        uid.equals(owner.string("uid")),
        "node " + node + " UID mismatch: expected " + owner.string("uid") + " got " + uid);
  }

  /** A kind of object that mirror pods must not open to their node. */
  private record Reference(String what, Predicate<JsonObject> used) {}

  private static final List<Reference> REFERENCES =
      List.of(
          new Reference(
              "a service account",
              pod -> !pod.object("spec").string("serviceAccountName").isEmpty()),
          new Reference("secrets", pod -> anyName(PodReferences.secrets(pod))),
          new Reference("configmaps", pod -> anyName(PodReferences.configMaps(pod))),
          new Reference(
              "clustertrustbundles",
              pod ->
                  volumes(pod)
                      .flatMap(v -> v.object("projected").array("sources").objects())
                      .anyMatch(source -> source.has("clusterTrustBundle"))),
          new Reference(
              "persistentvolumeclaims",
              pod -> volumes(pod).anyMatch(v -> v.has("persistentVolumeClaim"))),
          new Reference(
              "resourceclaims", pod -> !pod.object("spec").array("resourceClaims").isEmpty()));

  private static Optional<String> reference(String self, JsonObject pod) {
    return REFERENCES.stream()
        .filter(reference -> reference.used.test(pod))
        .map(reference -> self + " can not create pods that reference " + reference.what)
        .findFirst();
  }

  private static boolean anyName(Stream<String> names) {
    return names.anyMatch(name -> !name.isEmpty());
  }

  private static Stream<JsonObject> volumes(JsonObject pod) {
    return pod.object("spec").array("volumes").objects();
  }

  private static Optional<String> status(String node, AdmissionRequest request) {
    if (request.operation() != Operation.UPDATE) {
      return Optional.of("unexpected operation \"" + request.operation() + "\"");
    }
    JsonObject old = orEmpty(request.old());
    JsonObject updated = orEmpty(request.object());
    String self = "node \"" + node + "\"";
    if (!runsOn(node, old)) {
      return Optional.of(
          self + " can only update pod status for pods with spec.nodeName set to itself");
    }
    if (!labels(old).equals(labels(updated))) {
      return Optional.of(self + " cannot update labels through pod status");
    }
    JsonObject before = old.object("status");
    JsonObject after = updated.object("status");
    if (!before.array("resourceClaimStatuses").equals(after.array("resourceClaimStatuses"))) {
      return Optional.of(self + " cannot update resource claim statues");
    }
    String extended = "extendedResourceClaimStatus";
    return unless(
        before.object(extended).equals(after.object(extended)),
        self + " cannot update extended resource claim status");
  }

  private static JsonObject labels(JsonObject object) {
    return object.object("metadata").object("labels");
  }

  private Optional<String> eviction(String node, AdmissionRequest request) {
    if (request.operation() != Operation.CREATE) {
      return Optional.of("unexpected operation " + request.operation());
    }
    String name =
        request.name().isEmpty()
            ? orEmpty(request.object()).object("metadata").string("name")
            : request.name();
    if (name.isEmpty()) {
      return Optional.of("could not determine pod from request data");
    }
    JsonObject pod =
        objects
            .cached(Kinds.PODS, request.namespace(), name)
            .orElseThrow(() -> ApiException.notFound(Kinds.PODS, name));
    return unless(
        runsOn(node, pod),
        "node " + node + " can only evict pods with spec.nodeName set to itself");
  }
}
