package io.tiphys.apiserver.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeAuthorizerTest {
  private static final UserInfo NODE =
      UserInfo.of("system:node:n1", "system:nodes", "system:authenticated");

  private final FakeRegistry registry = new FakeRegistry();
  private final NodeAuthorizer authorizer =
      new NodeAuthorizer(
          registry.stored(),
          List.of(
              new Rule(List.of("create"), List.of(""), List.of("events"), List.of(), List.of())));

  @BeforeEach
  void objects() {
    put(
        "",
        "pods",
        "{'metadata':{'name':'p','namespace':'n'},'spec':{'nodeName':'n1',"
            + "'serviceAccountName':'sa','imagePullSecrets':[{'name':'pull'}],"
            + "'containers':[{'envFrom':[{'secretRef':{'name':'env'}},"
            + "{'configMapRef':{'name':'env'}}],"
            + "'env':[{'valueFrom':{'secretKeyRef':{'name':'key'}}}]}],"
            + "'resourceClaims':[{'name':'x','resourceClaimName':'gpu'}],"
            + "'volumes':[{'name':'a','secret':{'secretName':'vol'}},"
            + "{'name':'b','configMap':{'name':'vol'}},"
            + "{'name':'c','projected':{'sources':[{'configMap':{'name':'proj'}},"
            + "{'secret':{'name':'proj'}}]}},"
            + "{'name':'d','persistentVolumeClaim':{'claimName':'claim'}},"
            + "{'name':'e','ephemeral':{}},"
            + "{'name':'f','csi':{'nodePublishSecretRef':{'name':'csi'}}}]},"
            + "'status':{'resourceClaimStatuses':[{'resourceClaimName':'made'}]}}");
    put(
        "",
        "pods",
        "{'metadata':{'name':'q','namespace':'n'},'spec':{'nodeName':'n2',"
            + "'serviceAccountName':'other','volumes':[{'secret':{'secretName':'other'}}]}}");
    put(
        "",
        "pods",
        "{'metadata':{'name':'mirror','namespace':'n','annotations':"
            + "{'kubernetes.io/config.mirror':'x'}},'spec':{'nodeName':'n1',"
            + "'volumes':[{'secret':{'secretName':'stolen'}}]}}");
    put("", "persistentvolumeclaims", "{'metadata':{'name':'claim','namespace':'n'}}");
    put(
        "",
        "persistentvolumes",
        "{'metadata':{'name':'pv'},'spec':{'claimRef':{'namespace':'n','name':'claim'},"
            + "'csi':{'nodeStageSecretRef':{'name':'stage','namespace':'storage'}}}}");
    put("", "persistentvolumes", "{'metadata':{'name':'free'},'spec':{}}");
    put(
        "storage.k8s.io",
        "volumeattachments",
        "{'metadata':{'name':'mine'},'spec':{'nodeName':'n1'}}");
    put(
        "storage.k8s.io",
        "volumeattachments",
        "{'metadata':{'name':'theirs'},'spec':{'nodeName':'n2'}}");
    put("resource.k8s.io", "resourceslices", "{'metadata':{'name':'s'},'spec':{'nodeName':'n1'}}");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // verb, group, resource, subresource, namespace, name, reason (- if allowed)
        "get, '', secrets, '', n, vol, -",
        "watch, '', secrets, '', n, env, -",
        "list, '', secrets, '', n, key, -",
        "get, '', secrets, '', n, pull, -",
        "get, '', secrets, '', n, proj, -",
        "get, '', secrets, '', n, csi, -",
        "get, '', secrets, '', storage, stage, -",
        "get, '', secrets, '', n, other, no relationship found between node 'n1' and this object",
        "get, '', secrets, '', n, stolen, no relationship found between node 'n1' and this object",
        "get, '', secrets, '', m, vol, no relationship found between node 'n1' and this object",
        "list, '', secrets, '', n, '', No Object name found",
        "list, '', secrets, '', '', '', can only read namespaced object of this type",
        "update, '', secrets, '', n, vol, can only read resources of this type",
        "get, '', configmaps, '', n, vol, -",
        "get, '', configmaps, '', n, env, -",
        "get, '', configmaps, '', n, proj, -",
        "get, '', configmaps, '', n, pull, no relationship found between node 'n1' and this object",
        "get, '', persistentvolumeclaims, '', n, claim, -",
        "get, '', persistentvolumeclaims, '', n, p-e, -",
        "list, '', persistentvolumeclaims, '', n, claim, can only get individual resources of this type",
        "patch, '', persistentvolumeclaims, status, n, claim, -",
        "patch, '', persistentvolumeclaims, status, n, c2, no relationship found between node 'n1' and this object",
        "get, '', persistentvolumes, '', '', pv, -",
        "get, '', persistentvolumes, '', '', free, no relationship found between node 'n1' and this object",
        "get, storage.k8s.io, volumeattachments, '', '', mine, -",
        "get, storage.k8s.io, volumeattachments, '', '', theirs, no relationship found between node 'n1' and this object",
        "get, resource.k8s.io, resourceclaims, '', n, gpu, -",
        "get, resource.k8s.io, resourceclaims, '', n, made, -",
        "create, '', serviceaccounts, token, n, sa, -",
        "create, '', serviceaccounts, token, n, other, no relationship found between node 'n1' and this object",
        "create, '', serviceaccounts, '', n, sa, can only create token subresource of serviceaccount",
        "update, '', serviceaccounts, '', n, sa, can only create tokens for individual service accounts",
        "get, coordination.k8s.io, leases, '', kube-node-lease, n1, -",
        "create, coordination.k8s.io, leases, '', kube-node-lease, '', -",
        "get, coordination.k8s.io, leases, '', kube-node-lease, n2, can only access node lease with the same name as the requesting node",
        "get, coordination.k8s.io, leases, '', kube-system, n1, 'can only access leases in the \"kube-node-lease\" system namespace'",
        "list, coordination.k8s.io, leases, '', kube-node-lease, n1, 'can only get, create, update, patch, or delete a node lease'",
        "update, storage.k8s.io, csinodes, '', '', n1, -",
        "update, storage.k8s.io, csinodes, '', '', n2, can only access CSINode with the same name as the requesting node",
        "get, resource.k8s.io, resourceslices, '', '', s, -",
        "get, '', nodes, '', '', n1, -",
        "patch, '', nodes, status, '', n1, -",
        "get, '', nodes, '', '', n2, 'node ''n1'' cannot read ''n2'', only its own Node object'",
        "list, '', nodes, '', '', '', 'node ''n1'' cannot read all nodes, only its own Node object'",
        "delete, '', nodes, '', '', n1, ''",
        "get, '', pods, '', n, p, -",
        "get, '', pods, '', n, q, no relationship found between node 'n1' and this object",
        "list, '', pods, '', '', '', can only list/watch pods with spec.nodeName field selector",
        "delete, '', pods, '', n, p, -",
        "patch, '', pods, status, n, p, -",
        "create, '', pods, eviction, n, p, -",
        "update, '', pods, '', n, p, ''",
        "create, '', events, '', n, '', -",
        "get, '', events, '', n, e, ''",
      })
  void nodesMayWhatConcernsThem(
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name,
      String reason) {
    Verdict verdict =
        authorizer.authorize(
            Attributes.resource(NODE, verb, group, resource, subresource, namespace, name));
    assertThat(verdict).isEqualTo(reason == null ? Verdict.allow("") : Verdict.noOpinion(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "list, '', pods, spec.nodeName=n1, true",
    "watch, '', pods, 'spec.nodeName=n1,status.phase!=Failed', true",
    "list, '', pods, spec.nodeName=n2, false",
    "list, '', pods, spec.nodeName!=n1, false",
    "watch, '', nodes, metadata.name=n1, true",
    "deletecollection, resource.k8s.io, resourceslices, spec.nodeName=n1, true",
    "list, resource.k8s.io, resourceslices, spec.driver=x, false",
  })
  void listsAreAllowedWithASelectorForTheNode(
      String verb, String group, String resource, String selector, boolean allowed) {
    Attributes asked =
        new Attributes(NODE, verb, group, "v1", resource, "", "", "", true, "", selector, "");
    assertThat(authorizer.authorize(asked).allowed()).isEqualTo(allowed);
  }

  @Test
  void othersAreNotItsConcern() {
    assertThat(get(UserInfo.of("system:node:n1"))).isEqualTo(Verdict.noOpinion(""));
    assertThat(get(UserInfo.of("jane", "system:nodes"))).isEqualTo(Verdict.noOpinion(""));
    assertThat(get(UserInfo.of("system:node:", "system:nodes")))
        .isEqualTo(Verdict.noOpinion("unknown node for user \"system:node:\""));
  }

  private Verdict get(UserInfo user) {
    return authorizer.authorize(Attributes.resource(user, "get", "", "secrets", "", "n", "vol"));
  }

  private void put(String group, String resource, String json) {
    registry.put(group, resource, json.replace('\'', '"'));
  }
}
