package io.tiphys.apiserver.admission.plugin;

import static io.tiphys.apiserver.admission.plugin.Admissions.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.model.json.JsonObject;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeRestrictionTest {
  private static final UserInfo NODE =
      UserInfo.of("system:node:n1", UserInfo.NODES, UserInfo.ALL_AUTHENTICATED);

  private final FakeRegistry registry = new FakeRegistry();
  private final NodeRestriction plugin =
      new NodeRestriction(
          registry.stored(),
          asked ->
              asked.resource().equals("granted")
                  ? Verdict.allow("granted")
                  : Verdict.noOpinion(""));

  @BeforeEach
  void objects() {
    registry.put("", "nodes", json("{'metadata':{'name':'n1','uid':'node-uid'}}"));
    registry.put(
        "",
        "pods",
        json(
            "{'metadata':{'name':'mine','namespace':'n','uid':'pod-uid'},'spec':{'nodeName':'n1',"
                + "'volumes':[{'projected':{'sources':[{'serviceAccountToken':{'audience':'vault'}}]"
                + "}},{'csi':{'driver':'d'}},{'persistentVolumeClaim':{'claimName':'c'}}]}}"));
    registry.put(
        "",
        "pods",
        json("{'metadata':{'name':'theirs','namespace':'n','uid':'x'},'spec':{'nodeName':'n2'}}"));
    registry.put(
        "storage.k8s.io",
        "csidrivers",
        json("{'metadata':{'name':'d'},'spec':{'tokenRequests':[{'audience':'inline'}]}}"));
    registry.put(
        "storage.k8s.io",
        "csidrivers",
        json("{'metadata':{'name':'e'},'spec':{'tokenRequests':[{'audience':'of-volume'}]}}"));
    registry.put(
        "",
        "persistentvolumeclaims",
        json("{'metadata':{'name':'c','namespace':'n'},'spec':{'volumeName':'v'}}"));
    registry.put(
        "", "persistentvolumes", json("{'metadata':{'name':'v'},'spec':{'csi':{'driver':'e'}}}"));
  }

  @Test
  void othersAreNotRestricted() {
    assertThat(plugin.handles(Admissions.create("pods", "{}"))).isFalse();
    UserInfo pretender = UserInfo.of("system:node:n1", UserInfo.ALL_AUTHENTICATED);
    assertThat(
            plugin.handles(
                Admissions.request(
                    pretender, Operation.CREATE, "pods", "", JsonObject.EMPTY, null)))
        .isFalse();
  }

  @Test
  void aNodeMustHaveAName() {
    UserInfo nobody = UserInfo.of("system:node:", UserInfo.NODES);
    AdmissionRequest request =
        Admissions.request(
            nobody, Operation.CREATE, "pods", "", json("{'metadata':{'name':'p'}}"), null);
    assertThat(Admissions.refusal(plugin, request))
        .isEqualTo("pods \"p\" is forbidden: could not determine node from user \"system:node:\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      emptyValue = "",
      textBlock =
          """
          {'annotations':{'a':'b'}} | {} | pod does not have "kubernetes.io/config.mirror" annotation, node "n1" can only create mirror pods
          {} | {'nodeName':'n2'} | node "n1" can only create pods with spec.nodeName set to itself
          {'ownerReferences':[]} | {} | node "n1" can only create pods with an owner reference set to itself
          {'ownerReferences':[{},{}]} | {} | node "n1" can only create pods with a single owner reference set to itself
          {'ownerReferences':[{'apiVersion':'v1','kind':'Node','name':'n2','uid':'node-uid','controller':true}]} | {} | node "n1" can only create pods with an owner reference set to itself
          {'ownerReferences':[{'apiVersion':'v1','kind':'Node','name':'n1','uid':'node-uid'}]} | {} | node "n1" can only create pods with a controller owner reference set to itself
          {'ownerReferences':[{'apiVersion':'v1','kind':'Node','name':'n1','uid':'node-uid','controller':true,'blockOwnerDeletion':true}]} | {} | node "n1" must not set blockOwnerDeletion on an owner reference
          {'ownerReferences':[{'apiVersion':'v1','kind':'Node','name':'n1','uid':'other','controller':true}]} | {} | node n1 UID mismatch: expected other got node-uid
          {} | {'serviceAccountName':'s'} | node "n1" can not create pods that reference a service account
          {} | {'volumes':[{'secret':{'secretName':'s'}}]} | node "n1" can not create pods that reference secrets
          {} | {'containers':[{'envFrom':[{'secretRef':{'name':'s'}}]}]} | node "n1" can not create pods that reference secrets
          {} | {'containers':[{'env':[{'valueFrom':{'configMapKeyRef':{'name':'s'}}}]}]} | node "n1" can not create pods that reference configmaps
          {} | {'volumes':[{'projected':{'sources':[{'clusterTrustBundle':{}}]}}]} | node "n1" can not create pods that reference clustertrustbundles
          {} | {'volumes':[{'persistentVolumeClaim':{'claimName':'c'}}]} | node "n1" can not create pods that reference persistentvolumeclaims
          {} | {'resourceClaims':[{'name':'c'}]} | node "n1" can not create pods that reference resourceclaims
          """)
  void mirrorPods(String metadata, String spec, String fault) {
    JsonObject pod =
        json(
            "{'metadata':{'name':'p','annotations':{'kubernetes.io/config.mirror':'x'},"
                + "'ownerReferences':[{'apiVersion':'v1','kind':'Node','name':'n1','uid':'node-uid',"
                + "'controller':true}]},'spec':{'nodeName':'n1'}}");
    assertThat(refusal(Operation.CREATE, "pods", "", pod, null)).isEmpty();
    JsonObject changed = pod;
    for (String key : json(metadata).keys()) {
      changed = changed.withAt(json(metadata).get(key), "metadata", key);
    }
    for (String key : json(spec).keys()) {
      changed = changed.withAt(json(spec).get(key), "spec", key);
    }
    assertThat(refusal(Operation.CREATE, "pods", "", changed, null))
        .isEqualTo("pods \"p\" is forbidden: " + fault);
  }

  @Test
  void podsOfOtherNodesAreNotDeletedReportedOnOrEvicted() {
    JsonObject mine = registry.get("", "pods", "n", "mine");
    JsonObject theirs = registry.get("", "pods", "n", "theirs");
    assertThat(refusal(Operation.DELETE, "pods", "", null, mine)).isEmpty();
    assertThat(refusal(Operation.DELETE, "pods", "", null, theirs))
        .endsWith("node \"n1\" can only delete pods with spec.nodeName set to itself");
    assertThat(refusal(Operation.UPDATE, "pods", "status", mine, mine)).isEmpty();
    assertThat(refusal(Operation.UPDATE, "pods", "status", theirs, theirs))
        .endsWith(
            "node \"n1\" can only update pod status for pods with spec.nodeName set to itself");
    assertThat(refusal(Operation.UPDATE, "pods", "", mine, mine))
        .endsWith(
            "unexpected operation \"UPDATE\", node \"n1\" can only create and delete mirror pods");
    assertThat(refusal(Operation.CREATE, "pods", "eviction", mine, null)).isEmpty();
    assertThat(refusal(Operation.CREATE, "pods", "eviction", theirs, null))
        .endsWith("node n1 can only evict pods with spec.nodeName set to itself");
    assertThat(refusal(Operation.CREATE, "pods", "binding", mine, null))
        .endsWith(
            "unexpected pod subresource \"binding\", only 'status' and 'eviction' are allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'metadata':{'labels':{'a':'b'}}} | node "n1" cannot update labels through pod status
          {'status':{'resourceClaimStatuses':[{'name':'c'}]}} | node "n1" cannot update resource claim statues
          {'status':{'extendedResourceClaimStatus':{'resourceClaimName':'c'}}} | node "n1" cannot update extended resource claim status
          """)
  void statusOfPods(String change, String fault) {
    JsonObject old = json("{'metadata':{'name':'p'},'spec':{'nodeName':'n1'}}");
    JsonObject updated = merged(old, json(change));
    assertThat(refusal(Operation.UPDATE, "pods", "status", updated, old)).endsWith(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      emptyValue = "",
      textBlock =
          """
          {'metadata':{'labels':{'kubernetes.io/hostname':'h','app':'x','example.com/y':'z','sub.kubelet.kubernetes.io/a':'b','node.kubernetes.io/c':'d'}}} | ~~
          {'metadata':{'labels':{'kubernetes.io/role':'m','x.k8s.io/y':'z','node-role.kubernetes.io/master':''}}} | node "n1" is not allowed to set the following labels: kubernetes.io/role, node-role.kubernetes.io/master, x.k8s.io/y
          {'metadata':{'labels':{'node-restriction.kubernetes.io/a':'b'}}} | node "n1" is not allowed to set the following labels: node-restriction.kubernetes.io/a
          {'metadata':{'labels':{'x.node-restriction.kubernetes.io/a':'b'}}} | node "n1" is not allowed to set the following labels: x.node-restriction.kubernetes.io/a
          {'spec':{'configSource':{}}} | node "n1" is not allowed to create pods with a non-nil configSource
          {'spec':{'taints':[{'key':'a','effect':'NoSchedule'}]}} | ~~
          """)
  void newNodes(String more, String fault) {
    JsonObject node = merged(json("{'metadata':{'name':'n1'}}"), json(more));
    assertThat(refusal(Operation.CREATE, "nodes", "", node, null))
        .isEqualTo(fault.isEmpty() ? "" : "nodes \"n1\" is forbidden: " + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      emptyValue = "",
      textBlock =
          """
          {'metadata':{'annotations':{'a':'b'}},'status':{'phase':'x'}} | ~~
          {'spec':{'taints':[{'key':'a'}]}} | node "n1" is not allowed to modify taints
          {'spec':{'configSource':{'a':'b'}}} | node "n1" is not allowed to update configSource to a new non-nil configSource
          {'metadata':{'ownerReferences':[{'name':'o'}]}} | node "n1" is not allowed to modify ownerReferences
          {'metadata':{'labels':{'node-role.kubernetes.io/master':''}}} | is not allowed to modify labels: node-role.kubernetes.io/master
          {'metadata':{'labels':{'team':'a'}}} | ~~
          """)
  void updatesOfNodes(String change, String fault) {
    JsonObject old = json("{'metadata':{'name':'n1','labels':{'kubernetes.io/os':'linux'}}}");
    assertThat(refusal(Operation.UPDATE, "nodes", "status", merged(old, json(change)), old))
        .isEqualTo(fault.isEmpty() ? "" : "nodes \"n1\" is forbidden: " + fault);
  }

  @Test
  void otherNodesAreNotTouched() {
    JsonObject other = json("{'metadata':{'name':'n2'}}");
    for (Operation operation : new Operation[] {Operation.CREATE, Operation.UPDATE}) {
      assertThat(refusal(operation, "nodes", "", other, other))
          .isEqualTo("nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"");
    }
    assertThat(refusal(Operation.DELETE, "nodes", "", null, other)).contains("not allowed");
  }

  @Test
  void ofClaimsOnlySomeStatus() {
    JsonObject old = json("{'metadata':{'name':'c','resourceVersion':'1'},'status':{'phase':'P'}}");
    JsonObject grown =
        json(
            "{'metadata':{'name':'c'},'status':{'phase':'P','capacity':{'storage':'1'},"
                + "'conditions':[{}],'allocatedResources':{},'allocatedResourceStatuses':{}}}");
    assertThat(refusal(Operation.UPDATE, "persistentvolumeclaims", "status", grown, old)).isEmpty();
    assertThat(
            refusal(
                Operation.UPDATE,
                "persistentvolumeclaims",
                "status",
                grown.withAt(json("{'a':'b'}"), "metadata", "labels"),
                old))
        .contains(
            "node \"n1\" is not allowed to update fields other than status.capacity and"
                + " status.conditions");
    assertThat(refusal(Operation.UPDATE, "persistentvolumeclaims", "", grown, old))
        .endsWith("may only update PVC status");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      emptyValue = "",
      textBlock =
          """
          {} | node requested token not bound to a pod
          {'boundObjectRef':{'apiVersion':'v1','kind':'Secret','name':'s'}} | node requested token not bound to a pod
          {'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine'}} | node requested token with a pod binding without a uid
          {'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine','uid':'u'}} | the UID in the bound object reference (u) does not match the UID in record. The object might have been deleted and then recreated
          {'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'theirs','uid':'x'}} | node requested token bound to a pod scheduled on a different node
          {'audiences':['a','b'],'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine','uid':'pod-uid'}} | node may only request 0 or 1 audiences
          {'audiences':['a'],'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine','uid':'pod-uid'}} | audience "a" not found in pod spec volume, system:node:n1 is not authorized to request tokens for this audience
          {'audiences':['vault'],'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine','uid':'pod-uid'}} | ~~
          {'audiences':['inline'],'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine','uid':'pod-uid'}} | ~~
          {'audiences':['of-volume'],'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine','uid':'pod-uid'}} | ~~
          {'audiences':['granted'],'boundObjectRef':{'apiVersion':'v1','kind':'Pod','name':'mine','uid':'pod-uid'}} | ~~
          """)
  void tokens(String spec, String fault) {
    JsonObject request = json("{'metadata':{'name':'sa'}}").with("spec", json(spec));
    assertThat(refusal(Operation.CREATE, "serviceaccounts", "token", request, null))
        .isEqualTo(fault.isEmpty() ? "" : "serviceaccounts \"sa\" is forbidden: " + fault);
  }

  @Test
  void leasesNodeInfoAndSlicesOfItsOwnOnly() {
    JsonObject lease = json("{'metadata':{'name':'n1','namespace':'kube-node-lease'}}");
    assertThat(refusal(Operation.CREATE, "leases.coordination.k8s.io", "", lease, null)).isEmpty();
    assertThat(
            refusal(
                Operation.UPDATE,
                "leases.coordination.k8s.io",
                "",
                lease.withAt(json("{'v':'n2'}").get("v"), "metadata", "name"),
                lease))
        .endsWith("can only access node lease with the same name as the requesting node");
    assertThat(
            refusal(
                Operation.CREATE,
                "leases.coordination.k8s.io",
                "",
                json("{'metadata':{'name':'n1'}}"),
                null))
        .endsWith("can only access leases in the \"kube-node-lease\" system namespace");
    assertThat(
            refusal(
                Operation.CREATE,
                "csinodes.storage.k8s.io",
                "",
                json("{'metadata':{'name':'n2'}}"),
                null))
        .endsWith("can only access CSINode with the same name as the requesting node");
    JsonObject slice = json("{'metadata':{'name':'s'},'spec':{'nodeName':'n2'}}");
    assertThat(refusal(Operation.CREATE, "resourceslices.resource.k8s.io", "", slice, null))
        .endsWith("can only create ResourceSlice with the same NodeName as the requesting node");
    assertThat(refusal(Operation.DELETE, "resourceslices.resource.k8s.io", "", null, slice))
        .endsWith("can only delete ResourceSlice with the same NodeName as the requesting node");
  }

  @Test
  void certificatesForItself()
      throws GeneralSecurityException, OperatorCreationException, IOException {
    String certificates = "certificatesigningrequests.certificates.k8s.io";
    assertThat(refusal(Operation.CREATE, certificates, "", signing("system:node:n1"), null))
        .isEmpty();
    assertThat(refusal(Operation.CREATE, certificates, "", signing("system:node:n2"), null))
        .endsWith("can only create a node CSR with CN=system:node:n1");
    assertThat(
            refusal(
                Operation.CREATE,
                certificates,
                "",
                json(
                    "{'metadata':{'name':'c'},'spec':{'signerName':'kubernetes.io/kubelet-serving',"
                        + "'request':'AAAA'}}"),
                null))
        .contains("unable to parse csr: ");
  }

  private static JsonObject signing(String commonName)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal("O=system:nodes,CN=" + commonName), keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
    String request =
        Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.US_ASCII));
    return json("{'metadata':{'name':'c'}}")
        .with(
            "spec",
            JsonObject.of(
                "signerName", "kubernetes.io/kube-apiserver-client-kubelet", "request", request));
  }

  private String refusal(
      Operation operation,
      String resource,
      String subresource,
      @Nullable JsonObject object,
      @Nullable JsonObject old) {
    return Admissions.refusal(
        plugin, Admissions.request(NODE, operation, resource, subresource, object, old));
  }

  private static JsonObject merged(JsonObject base, JsonObject more) {
    JsonObject all = base;
    for (String key : more.keys()) {
      JsonObject section = base.object(key);
      for (String field : more.object(key).keys()) {
        section = section.with(field, more.object(key).get(field));
      }
      all = all.with(key, section);
    }
    return all;
  }
}
