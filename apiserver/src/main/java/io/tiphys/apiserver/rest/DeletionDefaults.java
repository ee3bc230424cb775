package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.meta.GroupVersionResource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where kinds differ in deleting, for the sake of clients of old. */
final class DeletionDefaults {
  /** Dependents of these stay unless the client says otherwise. */
  private static final Set<GroupVersionResource> ORPHANING =
      Stream.of(
              "/v1/replicationcontrollers",
              "batch/v1/jobs",
              "batch/v1beta1/cronjobs",
              "extensions/v1beta1/daemonsets",
              "extensions/v1beta1/deployments",
              "extensions/v1beta1/replicasets",
              "apps/v1beta1/deployments",
              "apps/v1beta1/statefulsets",
              "apps/v1beta2/daemonsets",
              "apps/v1beta2/deployments",
              "apps/v1beta2/replicasets",
              "apps/v1beta2/statefulsets")
          .map(text -> text.split("/", -1))
          .map(p -> new GroupVersionResource(p[0], p[1], p[2]))
          .collect(Collectors.toUnmodifiableSet());

  /** A deletion of one of these answers with the object rather than with a Status. */
  private static final Set<GroupResource> RETURNED =
      Stream.of(
              "/persistentvolumeclaims",
              "/persistentvolumes",
              "/pods",
              "/podtemplates",
              "/resourcequotas",
              "/serviceaccounts",
              "/services",
              "storage.k8s.io/csidrivers",
              "storage.k8s.io/csinodes",
              "storage.k8s.io/csistoragecapacities",
              "storage.k8s.io/storageclasses",
              "storage.k8s.io/volumeattachments",
              "storage.k8s.io/volumeattributesclasses",
              "resource.k8s.io/deviceclasses",
              "resource.k8s.io/resourceclaims",
              "resource.k8s.io/resourceclaimtemplates",
              "resource.k8s.io/resourceslices")
          .map(text -> text.split("/", -1))
          .map(p -> new GroupResource(p[0], p[1]))
          .collect(Collectors.toUnmodifiableSet());

  private DeletionDefaults() {}

  static boolean orphans(ResourceType served) {
    return ORPHANING.contains(served.resource());
  }

  static boolean returnsObject(ResourceType type) {
    return RETURNED.contains(type.stored().resource().groupResource());
  }
}
