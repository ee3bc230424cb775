package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a node: its pods, and what they refer to. Answers come from the watch cache, by
 * looking through the pods of one namespace; there is no index to keep.
 */
final class NodeRelations {
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
  private static final GroupResource ATTACHMENTS =
      new GroupResource("storage.k8s.io", "volumeattachments");
  private static final GroupResource SLICES =
      new GroupResource("resource.k8s.io", "resourceslices");

  /** Where volumes of any kind name a secret with its namespace or in the pod's. */
  private static final String[] SECRET_KEYS = {
    "secretRef",
    "nodePublishSecretRef",
    "controllerExpandSecretRef",
    "nodeExpandSecretRef",
    "nodeStageSecretRef",
    "controllerPublishSecretRef"
  };

  private final StoredObjects objects;

  NodeRelations(StoredObjects objects) {
    this.objects = objects;
  }

  boolean isPodOf(String node, String namespace, String name) {
    return objects.cached(PODS, namespace, name).filter(pod -> runsOn(pod, node)).isPresent();
  }

  boolean usesSecret(String node, String namespace, String name) {
    return anyPod(node, namespace, pod -> secretsOf(pod).anyMatch(name::equals))
        || objects.cached(VOLUMES, "").stream()
            .filter(volume -> refersToSecret(volume, namespace, name))
            .anyMatch(volume -> usesVolume(node, volume));
  }

  boolean usesConfigMap(String node, String namespace, String name) {
    return anyPod(node, namespace, pod -> configMapsOf(pod).anyMatch(name::equals));
  }

  boolean usesServiceAccount(String node, String namespace, String name) {
    return anyPod(
        node, namespace, pod -> pod.object("spec").string("serviceAccountName").equals(name));
  }

  boolean usesClaim(String node, String namespace, String name) {
    return anyPod(node, namespace, pod -> claimsOf(pod).anyMatch(name::equals));
  }

  boolean usesVolume(String node, String name) {
    return objects.cached(VOLUMES, "", name).filter(v -> usesVolume(node, v)).isPresent();
  }

  private boolean usesVolume(String node, JsonObject volume) {
    JsonObject claim = volume.object("spec").object("claimRef");
    return !claim.isEmpty()
        && usesClaim(node, claim.string("namespace"), claim.string("name"))
        && objects.cached(CLAIMS, claim.string("namespace"), claim.string("name")).isPresent();
  }

  boolean usesResourceClaim(String node, String namespace, String name) {
    return anyPod(node, namespace, pod -> resourceClaimsOf(pod).anyMatch(name::equals));
  }

  boolean hasAttachment(String node, String name) {
    return objects
        .cached(ATTACHMENTS, "", name)
        .filter(attachment -> attachment.object("spec").string("nodeName").equals(node))
        .isPresent();
  }

  boolean hasSlice(String node, String name) {
    return objects
        .cached(SLICES, "", name)
        .filter(slice -> slice.object("spec").string("nodeName").equals(node))
        .isPresent();
  }

  private boolean anyPod(String node, String namespace, Predicate<JsonObject> test) {
    for (JsonObject pod : objects.cached(PODS, namespace)) {
      if (runsOn(pod, node) && !isMirror(pod) && test.test(pod)) {
        return true;
      }
    }
    return false;
  }

  private static boolean runsOn(JsonObject pod, String node) {
    return pod.object("spec").string("nodeName").equals(node);
  }

  /** A mirror pod is made by the node itself, so it must not open anything to it. */
  private static boolean isMirror(JsonObject pod) {
    return pod.object("metadata").object("annotations").has("kubernetes.io/config.mirror");
  }

  private static Stream<JsonObject> containers(JsonObject pod) {
    JsonObject spec = pod.object("spec");
    return Stream.of("initContainers", "containers", "ephemeralContainers")
        .flatMap(key -> spec.array(key).objects());
  }

  private static Stream<JsonObject> volumes(JsonObject pod) {
    return pod.object("spec").array("volumes").objects();
  }

  private static Stream<JsonObject> projections(JsonObject pod) {
    return volumes(pod).flatMap(volume -> volume.object("projected").array("sources").objects());
  }

  private static Stream<String> secretsOf(JsonObject pod) {
    return Stream.of(
            names(pod.object("spec").array("imagePullSecrets").objects()),
            environment(pod, "secretRef", "secretKeyRef"),
            volumes(pod).map(volume -> volume.object("secret").string("secretName")),
            names(projections(pod).map(source -> source.object("secret"))),
            volumes(pod).flatMap(NodeRelations::volumeSecrets))
        .flatMap(found -> found);
  }

  /** Secrets that other kinds of volumes name: {@code csi}, {@code cephfs}, {@code rbd}, ... */
  private static Stream<String> volumeSecrets(JsonObject volume) {
    return Stream.concat(
        volume.keys().stream()
            .map(volume::object)
            .flatMap(source -> Stream.of(SECRET_KEYS).map(source::object))
            .map(reference -> reference.string("name")),
        Stream.of(volume.object("azureFile").string("secretName")));
  }

  private static Stream<String> configMapsOf(JsonObject pod) {
    return Stream.of(
            environment(pod, "configMapRef", "configMapKeyRef"),
            names(volumes(pod).map(volume -> volume.object("configMap"))),
            names(projections(pod).map(source -> source.object("configMap"))))
        .flatMap(found -> found);
  }

  private static Stream<String> environment(JsonObject pod, String whole, String oneKey) {
    return Stream.concat(
        names(
            containers(pod)
                .flatMap(container -> container.array("envFrom").objects())
                .map(source -> source.object(whole))),
        names(
            containers(pod)
                .flatMap(container -> container.array("env").objects())
                .map(variable -> variable.object("valueFrom").object(oneKey))));
  }

  private static Stream<String> claimsOf(JsonObject pod) {
    String podName = pod.object("metadata").string("name");
    return volumes(pod)
        .map(volume ->
            volume.has("ephemeral")
                ? podName + "-" + volume.string("name")
                : volume.object("persistentVolumeClaim").string("claimName"));
  }

  private static Stream<String> resourceClaimsOf(JsonObject pod) {
    JsonArray wanted = pod.object("spec").array("resourceClaims");
    JsonObject status = pod.object("status");
    return Stream.concat(
        wanted.objects().map(claim -> claim.string("resourceClaimName")),
        Stream.concat(
            status
                .array("resourceClaimStatuses")
                .objects()
                .map(claim -> claim.string("resourceClaimName")),
            Stream.of(status.object("extendedResourceClaimStatus").string("resourceClaimName"))));
  }

  private static Stream<String> names(Stream<JsonObject> references) {
    return references.map(reference -> reference.string("name"));
  }

  /** Whether a persistent volume names this secret; without a namespace its claim's counts. */
  private static boolean refersToSecret(JsonObject volume, String namespace, String name) {
    JsonObject spec = volume.object("spec");
    String home = spec.object("claimRef").string("namespace");
    for (String key : spec.keys()) {
      JsonObject source = spec.object(key);
      for (String secretKey : SECRET_KEYS) {
        JsonObject reference = source.object(secretKey);
        if (reference.string("name").equals(name)
            && namespace.equals(orElse(reference.get("namespace"), home))) {
          return true;
        }
      }
    }
    JsonObject azure = spec.object("azureFile");
    return azure.string("secretName").equals(name)
        && namespace.equals(orElse(azure.get("secretNamespace"), home));
  }

  private static String orElse(@Nullable Json value, String other) {
    return value instanceof JsonString s && !s.value().isEmpty() ? s.value() : other;
  }
}
