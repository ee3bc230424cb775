package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;

/** The resources that plug-ins look at, and what refusals have in common. */
final class Kinds {
  static final GroupResource PODS = new GroupResource("", "pods");
  static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
  static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
  static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");
  static final GroupResource NODES = new GroupResource("", "nodes");
  static final GroupResource CSI_DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");
  static final GroupResource LIMIT_RANGES = new GroupResource("", "limitranges");
  static final GroupResource QUOTAS = new GroupResource("", "resourcequotas");
  static final GroupResource STORAGE_CLASSES =
      new GroupResource("storage.k8s.io", "storageclasses");
  static final GroupResource INGRESS_CLASSES =
      new GroupResource("networking.k8s.io", "ingressclasses");
  static final GroupResource PRIORITY_CLASSES =
      new GroupResource("scheduling.k8s.io", "priorityclasses");
  static final GroupResource RUNTIME_CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");

  private Kinds() {}

  /** {@code pods "x" is forbidden: why}; a name to be generated shows as its prefix. */
  static ApiException forbidden(AdmissionRequest request, String why) {
    JsonObject object = request.object();
    String name = request.name();
    if (name.isEmpty() && object != null) {
      name = object.object("metadata").string("generateName");
    }
    return ApiException.forbidden(request.type().resource().groupResource(), name, why);
  }
}
