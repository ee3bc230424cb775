package io.tiphys.apiserver.table;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.stream.Collectors;

/** The cells of volumes, claims, drivers and devices. */
final class StorageCells {
  private StorageCells() {}

  static String claim(JsonObject volume) {
    JsonObject ref = volume.object("spec").object("claimRef");
    return ref.isEmpty() ? "" : ref.string("namespace") + "/" + ref.string("name");
  }

  /** The class, which old objects name in an annotation. */
  static String storageClass(JsonObject object) {
    String old =
        object
            .object("metadata")
            .object("annotations")
            .string("volume.beta.kubernetes.io/storage-class");
    return old.isEmpty() ? object.object("spec").string("storageClassName") : old;
  }

  static String volumeStatus(JsonObject object) {
    return object.object("metadata").has("deletionTimestamp")
        ? "Terminating"
        : object.object("status").string("phase");
  }

  static String claimCapacity(JsonObject claim) {
    return claim.object("spec").string("volumeName").isEmpty()
        ? ""
        : Cells.text(claim.at("status", "capacity", "storage"), "");
  }

  static String claimModes(JsonObject claim) {
    return claim.object("spec").string("volumeName").isEmpty()
        ? ""
        : Cells.accessModes(claim.object("status").array("accessModes"));
  }

  static String className(JsonObject storageClass) {
    JsonObject annotations = storageClass.object("metadata").object("annotations");
    boolean standard =
        annotations.string("storageclass.kubernetes.io/is-default-class").equals("true")
            || annotations
                .string("storageclass.beta.kubernetes.io/is-default-class")
                .equals("true");
    String name = storageClass.object("metadata").string("name");
    return standard ? name + " (default)" : name;
  }

  static String modes(JsonObject driver) {
    JsonArray modes = driver.object("spec").array("volumeLifecycleModes");
    return Cells.join(modes.strings(), "Persistent");
  }

  static String tokenRequests(JsonObject driver) {
    return Cells.join(
        driver.object("spec").array("tokenRequests").objects().map(t -> t.string("audience")),
        Cells.UNSET);
  }

  static String claimState(JsonObject claim) {
    if (claim.object("metadata").has("deletionTimestamp")) {
      return "deleted"
          + (claim.object("status").has("allocation") ? ",allocated" : "")
          + reserved(claim);
    }
    return claim.object("status").has("allocation") ? "allocated" + reserved(claim) : "pending";
  }

  private static String reserved(JsonObject claim) {
    return claim.object("status").array("reservedFor").isEmpty() ? "" : ",reserved";
  }

  static String sliceNode(JsonObject slice) {
    return Cells.text(slice.at("spec", "nodeName"), Cells.UNSET);
  }

  static String reclaimPolicy(JsonObject volume) {
    return volume.object("spec").string("persistentVolumeReclaimPolicy");
  }

  static String cidrs(JsonObject range) {
    return range.object("spec").array("cidrs").strings().collect(Collectors.joining(","));
  }
}
