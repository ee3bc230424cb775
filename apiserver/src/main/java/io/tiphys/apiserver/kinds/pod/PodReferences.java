package io.tiphys.apiserver.kinds.pod;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** The names of other objects that a pod refers to; the streams may hold "" and repeat names. */
public final class PodReferences {
  /** Where volumes of any kind name a secret with its namespace or in the pod's. */
  public static final List<String> SECRET_FIELDS =
      List.of(
          "secretRef",
          "nodePublishSecretRef",
          "controllerExpandSecretRef",
          "nodeExpandSecretRef",
          "nodeStageSecretRef",
          "controllerPublishSecretRef");

  private PodReferences() {}

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

  /** Secrets in the pod's namespace. */
  public static Stream<String> secrets(JsonObject pod) {
    return Stream.of(
            names(pod.object("spec").array("imagePullSecrets").objects()),
            environment(pod, "secretRef", "secretKeyRef"),
            volumes(pod).map(volume -> volume.object("secret").string("secretName")),
            names(projections(pod).map(source -> source.object("secret"))),
            volumes(pod).flatMap(PodReferences::volumeSecrets))
        .flatMap(found -> found);
  }

  /** Secrets that other kinds of volumes name: {@code csi}, {@code cephfs}, {@code rbd}, ... */
  private static Stream<String> volumeSecrets(JsonObject volume) {
    return Stream.concat(
        volume.keys().stream()
            .map(volume::object)
            .flatMap(source -> SECRET_FIELDS.stream().map(source::object))
            .map(reference -> reference.string("name")),
        Stream.of(volume.object("azureFile").string("secretName")));
  }

  /** Config maps in the pod's namespace. */
  public static Stream<String> configMaps(JsonObject pod) {
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

  /** Persistent volume claims, also those that are made for the pod. */
  public static Stream<String> claims(JsonObject pod) {
    String podName = pod.object("metadata").string("name");
    return volumes(pod)
        .map(volume ->
            volume.has("ephemeral")
                ? podName + "-" + volume.string("name")
                : volume.object("persistentVolumeClaim").string("claimName"));
  }

  /** Resource claims, also those that are made for the pod. */
  public static Stream<String> resourceClaims(JsonObject pod) {
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
}
