package io.tiphys.apiserver.table;

import static io.tiphys.apiserver.table.Cells.CONTAINERS;
import static io.tiphys.apiserver.table.Cells.IMAGES;
import static io.tiphys.apiserver.table.Cells.NONE;
import static io.tiphys.apiserver.table.Cells.UNSET;
import static io.tiphys.apiserver.table.Cells.path;
import static io.tiphys.apiserver.table.Cells.pathOr;
import static io.tiphys.apiserver.table.Column.AGE;
import static io.tiphys.apiserver.table.Column.NAME;
import static io.tiphys.apiserver.table.Column.integer;
import static io.tiphys.apiserver.table.Column.text;
import static java.util.Map.entry;

import io.tiphys.model.json.JsonNumber;
import java.util.List;
import java.util.Map;

/** The columns of the core group's kinds. */
final class CoreColumns {
  static final Map<String, List<Column>> ALL =
      Map.ofEntries(
          entry(
              "pods",
              List.of(
                  NAME,
                  text("Ready", PodCells::ready),
                  text("Status", PodCells::status),
                  new Column("Restarts", "string", "", 0, PodCells::restarts),
                  AGE,
                  text("IP", PodCells::ip).wide(),
                  text("Node", pathOr(NONE, "spec", "nodeName")).wide(),
                  text("Nominated Node", pathOr(NONE, "status", "nominatedNodeName")).wide(),
                  text("Readiness Gates", PodCells::readinessGates).wide())),
          entry(
              "podtemplates",
              List.of(
                  NAME,
                  CONTAINERS.always(),
                  IMAGES.always(),
                  text(
                      "Pod Labels",
                      o ->
                          Cells.labels(o.object("template").object("metadata").object("labels"))))),
          entry(
              "replicationcontrollers",
              List.of(
                  NAME,
                  integer("Desired", "spec", "replicas"),
                  integer("Current", "status", "replicas"),
                  integer("Ready", "status", "readyReplicas"),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  text("Selector", o -> Cells.labels(o.object("spec").object("selector"))).wide())),
          entry(
              "services",
              List.of(
                  NAME,
                  text("Type", path("spec", "type")),
                  text("Cluster-IP", NetworkCells::clusterIp),
                  text("External-IP", NetworkCells::externalIp),
                  text("Port(s)", NetworkCells::servicePorts),
                  AGE,
                  text("Selector", o -> Cells.labels(o.object("spec").object("selector"))).wide())),
          entry("endpoints", List.of(NAME, text("Endpoints", NetworkCells::endpoints), AGE)),
          entry(
              "nodes",
              List.of(
                  NAME,
                  text("Status", NetworkCells::nodeStatus),
                  text("Roles", NetworkCells::roles),
                  AGE,
                  text("Version", path("status", "nodeInfo", "kubeletVersion")),
                  text("Internal-IP", o -> NetworkCells.nodeAddress(o, "InternalIP")).wide(),
                  text("External-IP", o -> NetworkCells.nodeAddress(o, "ExternalIP")).wide(),
                  text("OS-Image", pathOr("<unknown>", "status", "nodeInfo", "osImage")).wide(),
                  text("Kernel-Version", pathOr("<unknown>", "status", "nodeInfo", "kernelVersion"))
                      .wide(),
                  text(
                          "Container-Runtime",
                          pathOr("<unknown>", "status", "nodeInfo", "containerRuntimeVersion"))
                      .wide())),
          entry(
              "events",
              List.of(
                  new Column("Last Seen", "string", "", 0, PolicyCells::lastSeen),
                  text("Type", path("type")),
                  text("Reason", path("reason")),
                  text("Object", PolicyCells::eventObject),
                  text("Subobject", path("involvedObject", "fieldPath")).wide(),
                  text("Source", PolicyCells::eventSource).wide(),
                  text("Message", o -> o.string("message").strip()),
                  new Column("First Seen", "string", "", 1, PolicyCells::firstSeen),
                  text("Count", PolicyCells::eventCount).wide(),
                  new Column("Name", "string", "name", 1, NAME.cell()))),
          entry("namespaces", List.of(NAME, text("Status", path("status", "phase")), AGE)),
          entry("secrets", List.of(NAME, text("Type", path("type")), count("Data", "data"), AGE)),
          entry(
              "configmaps",
              List.of(
                  NAME,
                  new Column(
                      "Data",
                      "string",
                      "",
                      0,
                      (o, _) ->
                          JsonNumber.of(o.object("data").size() + o.object("binaryData").size())),
                  AGE)),
          entry(
              "serviceaccounts",
              List.of(
                  NAME,
                  new Column(
                      "Secrets",
                      "string",
                      "",
                      0,
                      (o, _) -> JsonNumber.of(o.array("secrets").size())),
                  AGE)),
          entry(
              "persistentvolumes",
              List.of(
                  NAME,
                  text("Capacity", path("spec", "capacity", "storage")),
                  text(
                      "Access Modes",
                      o -> Cells.accessModes(o.object("spec").array("accessModes"))),
                  text("Reclaim Policy", StorageCells::reclaimPolicy),
                  text("Status", StorageCells::volumeStatus),
                  text("Claim", StorageCells::claim),
                  text("StorageClass", StorageCells::storageClass),
                  text("VolumeAttributesClass", pathOr(UNSET, "spec", "volumeAttributesClassName")),
                  text("Reason", path("status", "reason")),
                  AGE,
                  text("VolumeMode", pathOr(UNSET, "spec", "volumeMode")).wide())),
          entry(
              "persistentvolumeclaims",
              List.of(
                  NAME,
                  text("Status", StorageCells::volumeStatus),
                  text("Volume", path("spec", "volumeName")),
                  text("Capacity", StorageCells::claimCapacity),
                  text("Access Modes", StorageCells::claimModes),
                  text("StorageClass", StorageCells::storageClass),
                  text("VolumeAttributesClass", pathOr(UNSET, "spec", "volumeAttributesClassName")),
                  AGE,
                  text("VolumeMode", pathOr(UNSET, "spec", "volumeMode")).wide())),
          entry(
              "componentstatuses",
              List.of(
                  NAME,
                  text("Status", PolicyCells::componentHealth),
                  text("Message", o -> PolicyCells.componentField(o, "message")),
                  text("Error", o -> PolicyCells.componentField(o, "error")))),
          entry(
              "resourcequotas",
              List.of(
                  NAME,
                  text("Request", o -> WorkloadCells.quota(o, false)),
                  text("Limit", o -> WorkloadCells.quota(o, true)),
                  AGE)));

  private CoreColumns() {}

  private static Column count(String name, String field) {
    return new Column(name, "string", "", 0, (o, _) -> JsonNumber.of(o.object(field).size()));
  }
}
