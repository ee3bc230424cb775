package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets kubelets write only what concerns their own node: the Node, pods bound to it, its lease,
 * CSINode, resource slices, certificate requests, and tokens of its pods (Kubernetes documentation,
 * "Admission Control in Kubernetes", NodeRestriction). The Node authorizer has looked at the names
 * already; this looks at the objects.
 */
final class NodeRestriction implements AdmissionPlugin {
  private static final String USER_PREFIX = "system:node:";
  private static final String LEASE_NAMESPACE = "kube-node-lease";
  private static final Set<String> KUBELET_SIGNERS =
      Set.of("kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet");

  private final NodePods pods;
  private final NodeTokens tokens;

  NodeRestriction(StoredObjects objects, Authorizer authorizer) {
    this.pods = new NodePods(objects);
    this.tokens = new NodeTokens(objects, authorizer);
  }

  @Override
  public String name() {
    return "NodeRestriction";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    UserInfo user = request.context().user();
    return request.operation() != Operation.CONNECT
        && user.name().startsWith(USER_PREFIX)
        && user.inGroup(UserInfo.NODES);
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    check(request);
    return object;
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (request.operation() == Operation.DELETE) {
      check(request);
    }
  }

  private void check(AdmissionRequest request) {
    String user = request.context().user().name();
    String node = user.substring(USER_PREFIX.length());
    if (node.isEmpty()) {
      throw Kinds.forbidden(request, "could not determine node from user \"" + user + "\"");
    }
    Optional<String> fault =
        switch (request.type().resource().groupResource().toString()) {
          case "pods" -> pods.fault(node, request);
          case "nodes" -> NodeChanges.fault(node, request);
          case "persistentvolumeclaims" -> claim(node, request);
          case "serviceaccounts" -> tokens.fault(node, request);
          case "leases.coordination.k8s.io" -> lease(node, request);
          case "csinodes.storage.k8s.io" ->
              unless(
                  request.name().equals(node),
                  "can only access CSINode with the same name as the requesting node");
          case "resourceslices.resource.k8s.io" -> slice(node, request);
          case "certificatesigningrequests.certificates.k8s.io" -> certificate(user, request);
          default -> Optional.empty();
        };
    if (fault.isPresent()) {
      throw Kinds.forbidden(request, fault.get());
    }
  }

  static Optional<String> unless(boolean fine, String fault) {
    return fine ? Optional.empty() : Optional.of(fault);
  }

  static JsonObject orEmpty(@Nullable JsonObject object) {
    return object == null ? JsonObject.EMPTY : object;
  }

  private static Optional<String> claim(String node, AdmissionRequest request) {
    if (!request.subresource().equals("status")) {
      return Optional.of("may only update PVC status");
    }
    if (request.operation() != Operation.UPDATE) {
      return Optional.of("unexpected operation \"" + request.operation() + "\"");
    }
    return unless(
        unowned(orEmpty(request.object())).equals(unowned(orEmpty(request.old()))),
        "node \""
            + node
            + "\" is not allowed to update fields other than status.capacity and"
            + " status.conditions");
  }

  /** What of a claim is not for nodes to change. */
  private static JsonObject unowned(JsonObject claim) {
    JsonObject status =
        claim
            .object("status")
            .without("capacity")
            .without("conditions")
            .without("allocatedResources")
            .without("allocatedResourceStatuses");
    JsonObject metadata =
        claim.object("metadata").without("resourceVersion").without("managedFields");
    return claim.with("metadata", metadata).with("status", status);
  }

  private static Optional<String> lease(String node, AdmissionRequest request) {
    if (!request.namespace().equals(LEASE_NAMESPACE)) {
      return Optional.of("can only access leases in the \"kube-node-lease\" system namespace");
    }
    return unless(
        request.name().equals(node),
        "can only access node lease with the same name as the requesting node");
  }

  private static Optional<String> slice(String node, AdmissionRequest request) {
    boolean creation = request.operation() == Operation.CREATE;
    if (request.operation() == Operation.UPDATE) {
      return Optional.empty();
    }
    JsonObject slice = orEmpty(creation ? request.object() : request.old());
    return unless(
        slice.object("spec").string("nodeName").equals(node),
        "can only "
            + (creation ? "create" : "delete")
            + " ResourceSlice with the same NodeName as the requesting node");
  }

  private static Optional<String> certificate(String user, AdmissionRequest request) {
    JsonObject spec = orEmpty(request.object()).object("spec");
    if (request.operation() != Operation.CREATE
        || !KUBELET_SIGNERS.contains(spec.string("signerName"))) {
      return Optional.empty();
    }
    try {
      return unless(
          CertificateRequests.commonName(spec.string("request")).equals(user),
          "can only create a node CSR with CN=" + user);
    } catch (IOException e) {
      return Optional.of("unable to parse csr: " + e.getMessage());
    }
  }
}
