package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.kinds.pod.PodReferences;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Gives pods their service account, its image pull secrets, and a projected volume with a token
 * that expires, the cluster's CA and the namespace (KEP-1205).
 */
final class ServiceAccount implements AdmissionPlugin {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String VOLUME_PREFIX = "kube-api-access-";
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  /**
   * An hour and 7 seconds: kubelets of old had tokens of an hour, and upstream tells them apart.
   */
  private static final int TOKEN_SECONDS = 3607;

  private final StoredObjects objects;
  private final RandomGenerator random;

  ServiceAccount(StoredObjects objects, RandomGenerator random) {
    this.objects = objects;
    this.random = random;
  }

  @Override
  public String name() {
    return "ServiceAccount";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return (request.operation() == Operation.CREATE && request.concerns("", "pods"))
        || (request.operation() == Operation.UPDATE
            && request.concerns("", "pods", "ephemeralcontainers"));
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject pod) {
    if (request.operation() != Operation.CREATE) {
      return pod;
    }
    if (pod.object("metadata").object("annotations").has(MIRROR)) {
      checkMirror(request, pod);
      return pod;
    }
    JsonObject spec = pod.object("spec");
    if (spec.string("serviceAccountName").isEmpty()) {
      spec = spec.with("serviceAccountName", "default").with("serviceAccount", "default");
    }
    String name = spec.string("serviceAccountName");
    JsonObject account = account(request, name);
    if (automount(spec, account)) {
      spec = withToken(spec);
    }
    if (spec.array("imagePullSecrets").isEmpty() && !account.array("imagePullSecrets").isEmpty()) {
      spec = spec.with("imagePullSecrets", account.array("imagePullSecrets"));
    }
    return pod.with("spec", spec);
  }

  /** Where the account says so, pods may only use the secrets that it lists. */
  @Override
  public void validate(AdmissionRequest request) {
    JsonObject pod = request.object();
    if (pod == null || pod.object("metadata").object("annotations").has(MIRROR)) {
      return;
    }
    JsonObject spec = pod.object("spec");
    boolean creation = request.operation() == Operation.CREATE;
    SecretReferences.of(account(request, spec.string("serviceAccountName")))
        .flatMap(allowed ->
            creation
                ? allowed.fault(spec)
                : allowed.containers("ephemeral container ", spec.array("ephemeralContainers")))
        .ifPresent(fault -> {
          throw Kinds.forbidden(request, fault);
        });
  }

  /** Mirror pods are what a kubelet runs anyway; they must not draw on the API. */
  private static void checkMirror(AdmissionRequest request, JsonObject pod) {
    JsonObject spec = pod.object("spec");
    if (!spec.string("serviceAccountName").isEmpty()) {
      throw Kinds.forbidden(request, "a mirror pod may not reference service accounts");
    }
    if (PodReferences.secrets(pod).anyMatch(name -> !name.isEmpty())) {
      throw Kinds.forbidden(request, "a mirror pod may not reference secrets");
    }
    boolean tokens =
        spec.array("volumes")
            .objects()
            .flatMap(volume -> volume.object("projected").array("sources").objects())
            .anyMatch(source -> source.has("serviceAccountToken"));
    if (tokens) {
      throw Kinds.forbidden(
          request, "a mirror pod may not use ServiceAccountToken volume projections");
    }
  }

  /** The cache may lag behind the account's creation through another server. */
  private JsonObject account(AdmissionRequest request, String name) {
    String namespace = request.namespace();
    return objects
        .cached(Kinds.SERVICE_ACCOUNTS, namespace, name)
        .or(() -> objects.get(Kinds.SERVICE_ACCOUNTS, namespace, name))
        .orElseThrow(() ->
            Kinds.forbidden(
                request,
                "error looking up service account "
                    + namespace
                    + "/"
                    + name
                    + ": serviceaccount \""
                    + name
                    + "\" not found"));
  }

  private static boolean automount(JsonObject spec, JsonObject account) {
    String field = "automountServiceAccountToken";
    return spec.has(field)
        ? spec.bool(field)
        : !account.has(field) || account.get(field) == JsonBool.TRUE;
  }

  private JsonObject withToken(JsonObject spec) {
    String volume = VOLUME_PREFIX + suffix();
    for (JsonObject existing : spec.array("volumes").objects().toList()) {
      if (existing.string("name").startsWith(VOLUME_PREFIX)) {
        volume = existing.string("name");
      }
    }
    JsonObject mounted = spec;
    for (String containers : List.of("initContainers", "containers")) {
      if (spec.has(containers)) {
        mounted = mounted.with(containers, mounted(spec.array(containers), volume));
      }
    }
    boolean needed = !mounted.equals(spec);
    String name = volume;
    boolean there = spec.array("volumes").objects().anyMatch(v -> v.string("name").equals(name));
    return needed && !there
        ? mounted.with("volumes", spec.array("volumes").append(tokenVolume(volume)))
        : mounted;
  }

  /** A container that mounts something at the place itself is left alone. */
  private static JsonArray mounted(JsonArray containers, String volume) {
    List<Json> all = new ArrayList<>();
    for (JsonObject container : containers.objects().toList()) {
      JsonArray mounts = container.array("volumeMounts");
      boolean there = mounts.objects().anyMatch(m -> m.string("mountPath").equals(MOUNT_PATH));
      all.add(
          there
              ? container
              : container.with(
                  "volumeMounts",
                  mounts.append(
                      JsonObject.of("name", volume, "mountPath", MOUNT_PATH, "readOnly", true))));
    }
    return JsonArray.of(all);
  }

  private static JsonObject tokenVolume(String name) {
    JsonObject token =
        JsonObject.of(
            "serviceAccountToken",
            JsonObject.of("path", "token", "expirationSeconds", TOKEN_SECONDS));
    JsonObject authority =
        JsonObject.of(
            "configMap",
            JsonObject.of(
                "name",
                "kube-root-ca.crt",
                "items",
                JsonArray.of(JsonObject.of("key", "ca.crt", "path", "ca.crt"))));
    JsonObject namespace =
        JsonObject.of(
            "downwardAPI",
            JsonObject.of(
                "items",
                JsonArray.of(
                    JsonObject.of(
                        "path",
                        "namespace",
                        "fieldRef",
                        JsonObject.of("apiVersion", "v1", "fieldPath", "metadata.namespace")))));
    return JsonObject.of(
        "name",
        name,
        "projected",
        JsonObject.of("defaultMode", 0644, "sources", JsonArray.of(token, authority, namespace)));
  }

  private String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
    }
    return suffix.toString();
  }
}
