package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.kinds.pod.PodReferences;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import java.util.function.Predicate;
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

  private final StoredObjects objects;

  NodeRelations(StoredObjects objects) {
    this.objects = objects;
  }

  boolean isPodOf(String node, String namespace, String name) {
    return objects.cached(PODS, namespace, name).filter(pod -> runsOn(pod, node)).isPresent();
  }

  boolean usesSecret(String node, String namespace, String name) {
    return anyPod(node, namespace, pod -> PodReferences.secrets(pod).anyMatch(name::equals))
        || objects.cached(VOLUMES, "").stream()
            .filter(volume -> refersToSecret(volume, namespace, name))
            .anyMatch(volume -> usesVolume(node, volume));
  }

  boolean usesConfigMap(String node, String namespace, String name) {
    return anyPod(node, namespace, pod -> PodReferences.configMaps(pod).anyMatch(name::equals));
  }

  boolean usesServiceAccount(String node, String namespace, String name) {
    return anyPod(
        node, namespace, pod -> pod.object("spec").string("serviceAccountName").equals(name));
  }

  boolean usesClaim(String node, String namespace, String name) {
    return anyPod(node, namespace, pod -> PodReferences.claims(pod).anyMatch(name::equals));
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
    return anyPod(node, namespace, pod -> PodReferences.resourceClaims(pod).anyMatch(name::equals));
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

  /** Whether a persistent volume names this secret; without a namespace its claim's counts. */
  private static boolean refersToSecret(JsonObject volume, String namespace, String name) {
    JsonObject spec = volume.object("spec");
    String home = spec.object("claimRef").string("namespace");
    for (String key : spec.keys()) {
      JsonObject source = spec.object(key);
      for (String secretKey : PodReferences.SECRET_FIELDS) {
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
