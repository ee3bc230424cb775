package io.tiphys.apiserver.table;

import static io.tiphys.apiserver.table.Cells.NONE;
import static io.tiphys.apiserver.table.Cells.flag;
import static io.tiphys.apiserver.table.Cells.path;
import static io.tiphys.apiserver.table.Cells.pathOr;
import static io.tiphys.apiserver.table.Column.AGE;
import static io.tiphys.apiserver.table.Column.NAME;
import static io.tiphys.apiserver.table.Column.text;
import static java.util.Map.entry;

import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import java.util.List;
import java.util.Map;

/** The columns of networking, storage, devices, roles and certificates. */
final class PlatformColumns {
  static final Map<String, List<Column>> ALL =
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

  private PlatformColumns() {}

  private static List<Column> bindings() {
    return List.of(
        NAME,
        text("Role", PolicyCells::roleRef),
        AGE,
        text("Users", o -> PolicyCells.subjects(o, "User")).wide(),
        text("Groups", o -> PolicyCells.subjects(o, "Group")).wide(),
        text("ServiceAccounts", o -> PolicyCells.subjects(o, "ServiceAccount")).wide());
  }
}
