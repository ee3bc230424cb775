package io.tiphys.apiserver.kinds.core;

import static java.util.Map.entry;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.TreeDiff;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.AffinityRules;
import io.tiphys.apiserver.kinds.pod.ClaimSpecRules;
import io.tiphys.apiserver.kinds.pod.VolumeSources;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** PersistentVolumes. */
final class PersistentVolumeStrategy implements Strategy {
  private static final List<String> RECLAIM_POLICIES = List.of("Delete", "Recycle", "Retain");

  private static final Map<String, Consumer<Scope>> SOURCES =
      Map.ofEntries(
          entry("awsElasticBlockStore", VolumeSources::awsElasticBlockStore),
          entry("azureDisk", VolumeSources::azureDisk),
          entry("azureFile", VolumeSources::azureFile),
          entry("cephfs", VolumeSources::cephfs),
          entry("cinder", VolumeSources::cinder),
          entry("csi", PersistentVolumeStrategy::csi),
          entry("fc", VolumeSources::fc),
          entry("flexVolume", VolumeSources::flexVolume),
          entry("flocker", VolumeSources::flocker),
          entry("gcePersistentDisk", VolumeSources::gcePersistentDisk),
          entry("glusterfs", VolumeSources::glusterfs),
          entry("hostPath", VolumeSources::hostPath),
          entry("iscsi", VolumeSources::iscsi),
          entry("local", VolumeSources::local),
          entry("nfs", VolumeSources::nfs),
          entry("photonPersistentDisk", VolumeSources::photonPersistentDisk),
          entry("portworxVolume", VolumeSources::portworxVolume),
          entry("quobyte", VolumeSources::quobyte),
          entry("rbd", VolumeSources::rbd),
          entry("scaleIO", VolumeSources::scaleIo),
          entry("storageos", VolumeSources::storageos),
          entry("vsphereVolume", VolumeSources::vsphereVolume));

  private static final Map<String, String> DEPRECATED =
      Map.of(
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "storageos", "deprecated in v1.22, non-functional in v1.25+",
          "flocker", "deprecated in v1.22, non-functional in v1.25+",
          "quobyte", "deprecated in v1.22, non-functional in v1.25+",
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "rbd", "deprecated in v1.28, non-functional in v1.31+",
          "cephfs", "deprecated in v1.28, non-functional in v1.31+");

  private static void csi(Scope source) {
    VolumeSources.csiDriver(source);
    source.required("volumeHandle");
    for (String secret :
        List.of(
            "controllerPublishSecretRef",
            "controllerExpandSecretRef",
            "nodePublishSecretRef",
            "nodeExpandSecretRef")) {
      source.with(
          secret,
          ref -> {
            ref.required("name");
            ref.required("namespace");
          });
    }
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    return object.with("status", JsonObject.of("phase", "Pending"));
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(updated, "status", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    ClaimSpecRules.accessModes(spec, "");
    capacity(spec);
    oneSource(spec);
    spec.oneOf("persistentVolumeReclaimPolicy", RECLAIM_POLICIES);
    if (spec.string("persistentVolumeReclaimPolicy").equals("Recycle")
        && spec.in("hostPath").string("path").equals("/")) {
      spec.forbidden(
          "persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
    }
    ClaimSpecRules.storageClassName(spec);
    spec.oneOf("volumeMode", ClaimSpecRules.VOLUME_MODES);
    spec.format("volumeAttributesClassName", Names::dnsSubdomain);
    spec.with(
        "nodeAffinity",
        affinity -> {
          if (affinity.has("required")) {
            AffinityRules.nodeSelector(affinity.in("required"));
          } else {
            affinity.required("required", "must specify required node constraints");
          }
        });
    if (spec.has("local") && !spec.has("nodeAffinity")) {
      spec.required("nodeAffinity", "Local volume requires node affinity");
    }
  }

  private static void capacity(Scope spec) {
    Map<String, Quantity> capacity = Quantities.list(spec.value().object("capacity"));
    if (capacity.isEmpty()) {
      spec.required("capacity");
      return;
    }
    if (!capacity.containsKey("storage") || capacity.size() > 1) {
      spec.errors()
          .notSupported(spec.at("capacity"), spec.value().object("capacity"), List.of("storage"));
    }
    capacity.forEach((name, amount) -> {
      if (amount.sign() <= 0) {
        spec.errors()
            .invalid(
                spec.at("capacity").key(name),
                Quantities.json(amount),
                "must be greater than zero");
      }
    });
  }

  private static List<String> sources(JsonObject spec) {
    return spec.keys().stream().filter(SOURCES::containsKey).toList();
  }

  private static void oneSource(Scope spec) {
    List<String> sources = sources(spec.value());
    if (sources.isEmpty()) {
      spec.errors().required(spec.path(), "must specify a volume type");
    }
    for (int i = 0; i < sources.size(); i++) {
      if (i > 0) {
        spec.forbidden(sources.get(i), "may not specify more than 1 volume type");
      } else {
        spec.with(sources.get(i), SOURCES.get(sources.get(i)));
      }
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope spec = Scope.of(updated, errors).in("spec");
    JsonObject before = current.object("spec");
    JsonObject sourceBefore = onlySources(before);
    JsonObject sourceNow = onlySources(spec.value());
    if (!sourceBefore.equals(sourceNow)) {
      spec.forbidden(
          "persistentvolumesource",
          "spec.persistentvolumesource is immutable after creation\n"
              + TreeDiff.of(sourceBefore, sourceNow, spec.path()));
    }
    spec.immutable("volumeMode", before);
    if (before.has("nodeAffinity")) {
      spec.immutable("nodeAffinity", before);
    }
  }

  private static JsonObject onlySources(JsonObject spec) {
    JsonObject result = JsonObject.EMPTY;
    for (String source : sources(spec)) {
      result = result.with(source, spec.object(source));
    }
    return result;
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    List<String> warnings = new ArrayList<>();
    JsonObject annotations = object.object("metadata").object("annotations");
    if (annotations.has("volume.beta.kubernetes.io/storage-class")) {
      warnings.add(
          "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use"
              + " \"storageClassName\" attribute instead");
    }
    if (annotations.has("volume.beta.kubernetes.io/mount-options")) {
      warnings.add(
          "metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31;"
              + " use \"mountOptions\" attribute instead");
    }
    JsonObject spec = object.object("spec");
    if (spec.string("persistentVolumeReclaimPolicy").equals("Recycle")) {
      warnings.add(
          "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead,"
              + " the recommended approach is to use dynamic provisioning.");
    }
    for (String source : sources(spec)) {
      if (DEPRECATED.containsKey(source)) {
        warnings.add("spec." + source + ": " + DEPRECATED.get(source));
      }
    }
    return warnings;
  }
}
