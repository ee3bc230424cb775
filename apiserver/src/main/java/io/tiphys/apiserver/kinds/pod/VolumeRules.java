package io.tiphys.apiserver.kinds.pod;

import static java.util.Map.entry;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The volumes of a pod. A row for each type of source; see also {@link VolumeSources}. */
final class VolumeRules {
  private static final Map<String, Consumer<Scope>> SOURCES =
      Map.ofEntries(
          entry("awsElasticBlockStore", VolumeSources::awsElasticBlockStore),
          entry("azureDisk", VolumeSources::azureDisk),
          entry("azureFile", VolumeSources::azureFile),
          entry("cephfs", VolumeSources::cephfs),
          entry("cinder", VolumeSources::cinder),
          entry("configMap", VolumeRules::configMap),
          entry("csi", VolumeRules::csi),
          entry("downwardAPI", VolumeRules::downwardApi),
          entry("emptyDir", VolumeRules::emptyDir),
          entry("ephemeral", VolumeRules::ephemeral),
          entry("fc", VolumeSources::fc),
          entry("flexVolume", VolumeSources::flexVolume),
          entry("flocker", VolumeSources::flocker),
          entry("gcePersistentDisk", VolumeSources::gcePersistentDisk),
          entry("gitRepo", VolumeRules::gitRepo),
          entry("glusterfs", VolumeSources::glusterfs),
          entry("hostPath", VolumeSources::hostPath),
          entry("image", VolumeRules::image),
          entry("iscsi", VolumeSources::iscsi),
          entry("nfs", VolumeSources::nfs),
          entry("persistentVolumeClaim", source -> source.required("claimName")),
          entry("photonPersistentDisk", VolumeSources::photonPersistentDisk),
          entry("portworxVolume", VolumeSources::portworxVolume),
          entry("projected", ProjectedRules::validate),
          entry("quobyte", VolumeSources::quobyte),
          entry("rbd", VolumeSources::rbd),
          entry("scaleIO", VolumeSources::scaleIo),
          entry("secret", VolumeRules::secret),
          entry("storageos", VolumeSources::storageos),
          entry("vsphereVolume", VolumeSources::vsphereVolume));

  private VolumeRules() {}

  static void validate(Scope spec) {
    spec.unique("volumes", "name");
    spec.each(
        "volumes",
        volume -> {
          oneSource(volume, SOURCES, "must specify a volume type");
          volume.requiredFormat("name", Names::dnsLabel);
        });
  }

  /** Applies the rules of the one source that is there; none and several are errors. */
  static void oneSource(Scope volume, Map<String, Consumer<Scope>> sources, String ifNone) {
    List<String> found =
        volume.value().keys().stream().filter(sources::containsKey).filter(volume::has).toList();
    if (found.isEmpty()) {
      volume.errors().required(volume.path(), ifNone);
    }
    for (int i = 0; i < found.size(); i++) {
      if (i > 0) {
        volume.forbidden(found.get(i), "may not specify more than 1 volume type");
      } else {
        volume.with(found.get(i), sources.get(found.get(i)));
      }
    }
  }

  /** Permission bits of a file; absent is fine. */
  static void mode(Scope scope, String field) {
    scope.check(
        field,
        n -> n >= 0 && n <= 0777,
        "must be a number between 0 and 0777 (octal), both inclusive");
  }

  /** Keys that become files. */
  static void items(Scope source) {
    source.each(
        "items",
        item -> {
          item.required("key");
          item.requiredFormat("path", Texts::nonReservedPath);
          mode(item, "mode");
        });
  }

  private static void configMap(Scope source) {
    source.required("name");
    mode(source, "defaultMode");
    items(source);
  }

  private static void secret(Scope source) {
    source.required("secretName");
    mode(source, "defaultMode");
    items(source);
  }

  private static void downwardApi(Scope source) {
    mode(source, "defaultMode");
    downwardItems(source);
  }

  static void downwardItems(Scope source) {
    source.each(
        "items",
        item -> {
          item.requiredFormat("path", Texts::nonReservedPath);
          EnvRules.volumeItem(item);
          mode(item, "mode");
        });
  }

  private static void emptyDir(Scope source) {
    Quantities.of(source.value().get("sizeLimit"))
        .filter(limit -> limit.sign() < 0)
        .ifPresent(_ ->
            source.forbidden("sizeLimit", "SizeLimit field must be a valid resource quantity"));
  }

  private static void gitRepo(Scope source) {
    source.required("repository");
    source.format("directory", Texts::nonReservedPath);
  }

  private static void csi(Scope source) {
    VolumeSources.csiDriver(source);
    VolumeSources.secretRef(source, "nodePublishSecretRef");
  }

  private static void image(Scope source) {
    source.required("reference");
    source.oneOf("pullPolicy", List.of("Always", "IfNotPresent", "Never"));
  }

  private static void ephemeral(Scope source) {
    if (!source.has("volumeClaimTemplate")) {
      source.required("volumeClaimTemplate");
      return;
    }
    Scope template = source.in("volumeClaimTemplate");
    ClaimSpecRules.validate(template.in("spec"));
    Scope metadata = template.in("metadata");
    for (String key : metadata.value().keys()) {
      if (!List.of("annotations", "labels", "creationTimestamp").contains(key)
          && metadata.isSet(key)) {
        metadata.forbidden(key, "may not be set for the ephemeral volume claim template");
      }
    }
  }
}
