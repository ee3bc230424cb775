package io.tiphys.apiserver.table;

import static io.tiphys.apiserver.table.Cells.CONTAINERS;
import static io.tiphys.apiserver.table.Cells.IMAGES;
import static io.tiphys.apiserver.table.Cells.NONE;
import static io.tiphys.apiserver.table.Cells.SELECTOR;
import static io.tiphys.apiserver.table.Cells.flag;
import static io.tiphys.apiserver.table.Cells.path;
import static io.tiphys.apiserver.table.Cells.pathOr;
import static io.tiphys.apiserver.table.Column.AGE;
import static io.tiphys.apiserver.table.Column.NAME;
import static io.tiphys.apiserver.table.Column.integer;
import static io.tiphys.apiserver.table.Column.text;
import static java.util.Map.entry;

import io.tiphys.model.json.JsonString;
import java.util.List;
import java.util.Map;

/** The columns of workloads and of what steers them. */
final class WorkloadColumns {
  static final Map<String, List<Column>> ALL =
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

  private WorkloadColumns() {}
}
