package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a container sees the pod's volumes: as directories, or as block devices. */
final class MountRules {
  private static final List<String> PROPAGATIONS =
      List.of("None", "HostToContainer", "Bidirectional");
  private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

  private MountRules() {}

  static void validate(Scope container, PodContext pod) {
    Set<String> mountPaths = new HashSet<>();
    Set<String> devicePaths = new HashSet<>();
    container
        .value()
        .array("volumeDevices")
        .objects()
        .forEach(device -> devicePaths.add(device.string("devicePath")));
    boolean privileged = container.value().object("securityContext").bool("privileged");
    container.each("volumeMounts", mount -> mount(mount, pod, mountPaths, devicePaths, privileged));
    Set<String> mounted = new HashSet<>();
    container
        .value()
        .array("volumeMounts")
        .objects()
        .forEach(mount -> mounted.add(mount.string("name")));
    Set<String> devicesSeen = new HashSet<>();
    container.each("volumeDevices", device -> device(device, pod, mounted, devicesSeen));
  }

  private static void mount(
      Scope mount,
      PodContext pod,
      Set<String> mountPaths,
      Set<String> devicePaths,
      boolean privileged) {
    mount.required("name");
    String path = mount.string("mountPath");
    mount.required("mountPath");
    mount.known("name", pod.volumes().keySet());
    if (!path.isEmpty()) {
      mount.unless(!mountPaths.add(path), "mountPath", "must be unique");
      mount.unless(
          devicePaths.contains(path), "mountPath", "must not already exist in volumeDevices");
    }
    mount.format("subPath", Texts::descendingPath);
    if (mount.isSet("subPathExpr")) {
      mount.unless(
          mount.isSet("subPath"), "subPathExpr", "subPathExpr and subPath are mutually exclusive");
      mount.format("subPathExpr", Texts::descendingPath);
    }
    propagation(mount, privileged);
    recursiveReadOnly(mount);
  }

  private static void propagation(Scope mount, boolean privileged) {
    if (mount.oneOf("mountPropagation", PROPAGATIONS)
        && mount.string("mountPropagation").equals("Bidirectional")
        && !privileged) {
      mount.forbidden(
          "mountPropagation",
          "Bidirectional mount propagation is available only to privileged containers");
    }
  }

  private static void recursiveReadOnly(Scope mount) {
    if (!mount.oneOf("recursiveReadOnly", RECURSIVE)) {
      return;
    }
    String mode = mount.string("recursiveReadOnly");
    if (!mode.isEmpty() && !mode.equals("Disabled")) {
      if (!mount.value().bool("readOnly")) {
        mount.forbidden("recursiveReadOnly", "may only be specified when readOnly is true");
      }
      String propagation = mount.string("mountPropagation");
      if (!propagation.isEmpty() && !propagation.equals("None")) {
        mount.forbidden(
            "recursiveReadOnly",
            "may only be specified when mountPropagation is None or not specified");
      }
    }
  }

  private static void device(
      Scope device, PodContext pod, Set<String> mounted, Set<String> devicesSeen) {
    String name = device.string("name");
    String path = device.string("devicePath");
    if (device.required("name")) {
      device.unless(!devicesSeen.add(name), "name", "must be unique");
    }
    JsonObject volume = pod.volumes().get(name);
    if (volume == null) {
      device.known("name", pod.volumes().keySet());
    } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
      device.unless(
          true,
          "name",
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
    if (device.required("devicePath")) {
      device.format(device.at("devicePath"), path, Texts::noBacksteps);
    }
    if (mounted.contains(name)) {
      device
          .errors()
          .invalid(
              device.at("name"), JsonString.of(name), "must not already exist in volumeMounts");
    }
  }
}
