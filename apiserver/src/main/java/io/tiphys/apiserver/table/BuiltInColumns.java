package io.tiphys.apiserver.table;

import static io.tiphys.apiserver.table.Cells.CONTAINERS;
import static io.tiphys.apiserver.table.Cells.IMAGES;
import static io.tiphys.apiserver.table.Cells.NONE;
import static io.tiphys.apiserver.table.Cells.SELECTOR;
import static io.tiphys.apiserver.table.Cells.UNSET;
import static io.tiphys.apiserver.table.Cells.flag;
import static io.tiphys.apiserver.table.Cells.path;
import static io.tiphys.apiserver.table.Cells.pathOr;
import static io.tiphys.apiserver.table.Column.AGE;
import static io.tiphys.apiserver.table.Column.CREATED_AT;
import static io.tiphys.apiserver.table.Column.NAME;
import static io.tiphys.apiserver.table.Column.integer;
import static io.tiphys.apiserver.table.Column.text;
import static java.util.Map.entry;

import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import java.util.List;
import java.util.Map;

/**
 * The columns of the built-in kinds, as upstream prints them. Keys are written as {@code
 * deployments.apps}; kinds not listed show name and creation time.
 */
public final class BuiltInColumns {
  private static final List<Column> STANDARD = List.of(NAME, CREATED_AT);

  private static final Map<String, List<Column>> CORE =
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

  private static final Map<String, List<Column>> WORKLOADS =
      Map.ofEntries(
          entry(
              "deployments.apps",
              List.of(
                  NAME,
                  text("Ready", WorkloadCells::ready),
                  integer("Up-to-date", "status", "updatedReplicas"),
                  integer("Available", "status", "availableReplicas"),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  SELECTOR)),
          entry(
              "replicasets.apps",
              List.of(
                  NAME,
                  integer("Desired", "spec", "replicas"),
                  integer("Current", "status", "replicas"),
                  integer("Ready", "status", "readyReplicas"),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  SELECTOR)),
          entry(
              "statefulsets.apps",
              List.of(NAME, text("Ready", WorkloadCells::ready), AGE, CONTAINERS, IMAGES)),
          entry(
              "daemonsets.apps",
              List.of(
                  NAME,
                  integer("Desired", "status", "desiredNumberScheduled"),
                  integer("Current", "status", "currentNumberScheduled"),
                  integer("Ready", "status", "numberReady"),
                  integer("Up-to-date", "status", "updatedNumberScheduled"),
                  integer("Available", "status", "numberAvailable"),
                  text(
                      "Node Selector",
                      o ->
                          Cells.labels(
                              o.object("spec")
                                  .object("template")
                                  .object("spec")
                                  .object("nodeSelector"))),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  SELECTOR)),
          entry(
              "controllerrevisions.apps",
              List.of(
                  NAME,
                  text("Controller", WorkloadCells::controller),
                  integer("Revision", "revision"),
                  AGE)),
          entry(
              "jobs.batch",
              List.of(
                  NAME,
                  text("Status", WorkloadCells::jobStatus),
                  text("Completions", WorkloadCells::completions),
                  new Column("Duration", "string", "", 0, WorkloadCells::jobDuration),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  SELECTOR)),
          entry(
              "cronjobs.batch",
              List.of(
                  NAME,
                  text("Schedule", path("spec", "schedule")),
                  text("Timezone", pathOr(NONE, "spec", "timeZone")),
                  new Column(
                      "Suspend",
                      "boolean",
                      "",
                      0,
                      (o, _) -> JsonString.of(flag("spec", "suspend").apply(o))),
                  new Column("Active", "integer", "", 0, WorkloadCells::activeJobs),
                  new Column("Last Schedule", "string", "", 0, WorkloadCells::lastSchedule),
                  AGE,
                  CONTAINERS,
                  IMAGES,
                  text("Selector", _ -> NONE).wide())),
          entry(
              "horizontalpodautoscalers.autoscaling",
              List.of(
                  NAME,
                  text("Reference", WorkloadCells::scaleTarget),
                  text("Targets", WorkloadCells::metrics),
                  text("MinPods", WorkloadCells::minReplicas),
                  integer("MaxPods", "spec", "maxReplicas"),
                  integer("Replicas", "status", "currentReplicas"),
                  AGE)),
          entry(
              "poddisruptionbudgets.policy",
              List.of(
                  NAME,
                  text("Min Available", pathOr("N/A", "spec", "minAvailable")),
                  text("Max Unavailable", pathOr("N/A", "spec", "maxUnavailable")),
                  integer("Allowed Disruptions", "status", "disruptionsAllowed"),
                  AGE)),
          entry(
              "priorityclasses.scheduling.k8s.io",
              List.of(
                  NAME,
                  integer("Value", "value"),
                  text("Global-Default", flag("globalDefault")),
                  AGE,
                  text("PreemptionPolicy", path("preemptionPolicy")))),
          entry(
              "leases.coordination.k8s.io",
              List.of(NAME, text("Holder", path("spec", "holderIdentity")), AGE)),
          entry(
              "runtimeclasses.node.k8s.io", List.of(NAME, text("Handler", path("handler")), AGE)));

  private static final Map<String, List<Column>> OTHERS =
      Map.ofEntries(
          entry(
              "ingresses.networking.k8s.io",
              List.of(
                  NAME,
                  text("Class", pathOr(NONE, "spec", "ingressClassName")),
                  text("Hosts", NetworkCells::hosts),
                  text("Address", NetworkCells::loadBalancer),
                  text("Ports", NetworkCells::ingressPorts),
                  AGE)),
          entry(
              "ingressclasses.networking.k8s.io",
              List.of(
                  NAME,
                  text("Controller", path("spec", "controller")),
                  text("Parameters", NetworkCells::parameters),
                  AGE)),
          entry(
              "networkpolicies.networking.k8s.io",
              List.of(
                  NAME,
                  text("Pod-Selector", o -> Cells.selector(o.at("spec", "podSelector"))),
                  AGE)),
          entry(
              "servicecidrs.networking.k8s.io",
              List.of(NAME, text("CIDRs", StorageCells::cidrs), AGE)),
          entry(
              "ipaddresses.networking.k8s.io",
              List.of(NAME, text("ParentRef", NetworkCells::parentRef), AGE)),
          entry(
              "endpointslices.discovery.k8s.io",
              List.of(
                  NAME,
                  text("AddressType", path("addressType")),
                  text("Ports", NetworkCells::slicePorts),
                  text("Endpoints", NetworkCells::sliceEndpoints),
                  AGE)),
          entry("rolebindings.rbac.authorization.k8s.io", bindings()),
          entry("clusterrolebindings.rbac.authorization.k8s.io", bindings()),
          entry(
              "certificatesigningrequests.certificates.k8s.io",
              List.of(
                  NAME,
                  AGE,
                  text("SignerName", path("spec", "signerName")),
                  text("Requestor", path("spec", "username")),
                  text("RequestedDuration", PolicyCells::requestedDuration),
                  text("Condition", PolicyCells::requestCondition))),
          entry(
              "storageclasses.storage.k8s.io",
              List.of(
                  new Column(
                      "Name",
                      "string",
                      "name",
                      0,
                      (o, _) -> JsonString.of(StorageCells.className(o))),
                  text("Provisioner", path("provisioner")),
                  text("ReclaimPolicy", path("reclaimPolicy")),
                  text("VolumeBindingMode", path("volumeBindingMode")),
                  text("AllowVolumeExpansion", flag("allowVolumeExpansion")),
                  AGE)),
          entry(
              "volumeattributesclasses.storage.k8s.io",
              List.of(NAME, text("DriverName", path("driverName")), AGE)),
          entry(
              "volumeattachments.storage.k8s.io",
              List.of(
                  NAME,
                  text("Attacher", path("spec", "attacher")),
                  text("PV", path("spec", "source", "persistentVolumeName")),
                  text("Node", path("spec", "nodeName")),
                  text("Attached", flag("status", "attached")),
                  AGE)),
          entry(
              "csinodes.storage.k8s.io",
              List.of(
                  NAME,
                  new Column(
                      "Drivers",
                      "integer",
                      "",
                      0,
                      (o, _) -> JsonNumber.of(o.object("spec").array("drivers").size())),
                  AGE)),
          entry(
              "csidrivers.storage.k8s.io",
              List.of(
                  NAME,
                  text("AttachRequired", pathOr("true", "spec", "attachRequired")),
                  text("PodInfoOnMount", flag("spec", "podInfoOnMount")),
                  text("StorageCapacity", flag("spec", "storageCapacity")),
                  text("TokenRequests", StorageCells::tokenRequests),
                  text("RequiresRepublish", flag("spec", "requiresRepublish")),
                  text("Modes", StorageCells::modes),
                  AGE)),
          entry(
              "csistoragecapacities.storage.k8s.io",
              List.of(
                  NAME,
                  text("StorageClassName", path("storageClassName")),
                  text("Capacity", path("capacity")))),
          entry(
              "resourceclaims.resource.k8s.io",
              List.of(NAME, text("State", StorageCells::claimState), AGE)),
          entry("resourceclaimtemplates.resource.k8s.io", List.of(NAME, AGE)),
          entry("deviceclasses.resource.k8s.io", List.of(NAME, AGE)),
          entry(
              "resourceslices.resource.k8s.io",
              List.of(
                  NAME,
                  text("Node", StorageCells::sliceNode),
                  text("Driver", path("spec", "driver")),
                  text("Pool", path("spec", "pool", "name")),
                  AGE)));

  private BuiltInColumns() {}

  private static List<Column> bindings() {
    return List.of(
        NAME,
        text("Role", PolicyCells::roleRef),
        AGE,
        text("Users", o -> PolicyCells.subjects(o, "User")).wide(),
        text("Groups", o -> PolicyCells.subjects(o, "Group")).wide(),
        text("ServiceAccounts", o -> PolicyCells.subjects(o, "ServiceAccount")).wide());
  }

  private static Column count(String name, String field) {
    return new Column(name, "string", "", 0, (o, _) -> JsonNumber.of(o.object(field).size()));
  }

  /** The columns of a resource, whatever the version asked for. */
  public static List<Column> of(GroupResource resource) {
    String key = resource.toString();
    List<Column> core = CORE.get(key);
    List<Column> workload = WORKLOADS.getOrDefault(key, STANDARD);
    return core != null ? core : OTHERS.getOrDefault(key, workload);
  }
}
