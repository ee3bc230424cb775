package io.tiphys.apiserver.admission.plugin;

import static io.tiphys.apiserver.admission.plugin.Admissions.create;
import static io.tiphys.apiserver.admission.plugin.Admissions.json;
import static io.tiphys.apiserver.admission.plugin.Admissions.mutated;
import static io.tiphys.apiserver.admission.plugin.Admissions.refusal;
import static io.tiphys.apiserver.admission.plugin.Admissions.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsTest {
  private final FakeRegistry registry = new FakeRegistry();

  private void put(String resource, String object) {
    int dot = resource.indexOf('.');
    registry.put(
        dot < 0 ? "" : resource.substring(dot + 1),
        dot < 0 ? resource : resource.substring(0, dot),
        json(object));
  }

  private static AdmissionRequest delete(String resource, String old) {
    return Admissions.request(Admissions.JANE, Operation.DELETE, resource, "", null, json(old));
  }

  @Test
  void writesNeedANamespaceThatLives() {
    AdmissionPlugin plugin = new NamespaceLifecycle(registry.stored());
    AdmissionRequest creation = create("configmaps", "{'metadata':{'name':'c'}}");
    assertThat(refusal(plugin, creation)).isEqualTo("namespaces \"n\" not found");
    put("namespaces", "{'metadata':{'name':'n'}}");
    assertThat(refusal(plugin, creation)).isEmpty();
    put("namespaces", "{'metadata':{'name':'n','deletionTimestamp':'2026-01-01T00:00:00Z'}}");
    assertThat(refusal(plugin, creation))
        .isEqualTo(
            "configmaps \"c\" is forbidden: unable to create new content in namespace n because it"
                + " is being terminated");
    assertThat(refusal(plugin, update("configmaps", "{}", "{}"))).isEmpty();
    assertThat(refusal(plugin, delete("configmaps", "{}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "default,true",
    "kube-system,true",
    "kube-public,true",
    "kube-node-lease,false",
    "n,false"
  })
  void someNamespacesStay(String name, boolean stays) {
    AdmissionPlugin plugin = new NamespaceLifecycle(registry.stored());
    assertThat(refusal(plugin, delete("namespaces", "{'metadata':{'name':'" + name + "'}}")))
        .isEqualTo(
            stays
                ? "namespaces \"" + name + "\" is forbidden: this namespace may not be deleted"
                : "");
  }

  @Test
  void questionsAboutAccessNeedNoNamespace() {
    AdmissionPlugin plugin = new NamespaceLifecycle(registry.stored());
    assertThat(refusal(plugin, create("localsubjectaccessreviews.authorization.k8s.io", "{}")))
        .isEmpty();
  }

  @Test
  void missingNamespacesCanBeMade() {
    AdmissionPlugin plugin = new NamespaceAutoProvision(registry.stored());
    AdmissionRequest creation = create("configmaps", "{}");
    assertThat(refusal(plugin, Admissions.dryRun(creation))).isEmpty();
    assertThat(refusal(new NamespaceExists(registry.stored()), creation))
        .isEqualTo("namespaces \"n\" not found");
    assertThat(refusal(plugin, creation)).isEmpty();
    assertThat(refusal(new NamespaceExists(registry.stored()), creation)).isEmpty();
  }

  @Test
  void newNodesAreTaintedOnce() {
    JsonObject tainted = mutated(new TaintNodesByCondition(), create("nodes", "{}"));
    assertThat(tainted)
        .isEqualTo(
            json(
                "{'spec':{'taints':[{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}]"
                    + "}}"));
    assertThat(mutated(new TaintNodesByCondition(), create("nodes", tainted))).isEqualTo(tainted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          [] | 2
          [{'operator':'Exists'}] | 1
          [{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'}] | 2
          [{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}] | 3
          [{'key':'x','effect':'NoExecute'}] | 3
          """)
  void podsStayForFiveMinutes(String tolerations, int then) {
    JsonObject pod =
        mutated(
            new DefaultTolerationSeconds(),
            create("pods", "{'spec':{'tolerations':" + tolerations + "}}"));
    assertThat(pod.object("spec").array("tolerations").size()).isEqualTo(then);
    long five =
        pod.object("spec")
            .array("tolerations")
            .objects()
            .filter(t -> t.number("tolerationSeconds", 0) == 300)
            .count();
    assertThat(five).isEqualTo(then - json("{'t':" + tolerations + "}").array("t").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | {'priority':10,'priorityClassName':'usual','preemptionPolicy':'PreemptLowerPriority'}
          {'priorityClassName':'high'} | {'priority':1000,'priorityClassName':'high','preemptionPolicy':'Never'}
          {'priorityClassName':'high','priority':1000} | {'priority':1000,'priorityClassName':'high','preemptionPolicy':'Never'}
          """)
  void priorityOfPods(String spec, String expected) {
    classes();
    JsonObject pod =
        mutated(new Priority(registry.stored()), create("pods", "{'spec':" + spec + "}"));
    assertThat(pod.object("spec")).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'priorityClassName':'none'} | no PriorityClass with name none was found
          {'priorityClassName':'high','priority':5} | the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 1000 from the given PriorityClass name
          {'priorityClassName':'high','preemptionPolicy':'PreemptLowerPriority'} | the string value of PreemptionPolicy (PreemptLowerPriority) must not be provided in pod spec; priority admission controller computed Never from the given PriorityClass name
          """)
  void wrongPriorities(String spec, String fault) {
    classes();
    assertThat(
            refusal(
                new Priority(registry.stored()),
                create("pods", "{'metadata':{'generateName':'p-'},'spec':" + spec + "}")))
        .isEqualTo("pods \"p-\" is forbidden: " + fault);
  }

  @Test
  void updatesOfPodsKeepThePriority() {
    JsonObject pod =
        mutated(
            new Priority(registry.stored()),
            update("pods", "{'spec':{}}", "{'spec':{'priority':7,'preemptionPolicy':'Never'}}"));
    assertThat(pod).isEqualTo(json("{'spec':{'priority':7,'preemptionPolicy':'Never'}}"));
  }

  @Test
  void oneDefaultPriorityClassOnly() {
    classes();
    AdmissionPlugin plugin = new Priority(registry.stored());
    String resource = "priorityclasses.scheduling.k8s.io";
    assertThat(refusal(plugin, create(resource, "{'metadata':{'name':'x'},'globalDefault':true}")))
        .isEqualTo(
            resource
                + " \"x\" is forbidden: PriorityClass usual is already marked as default. Only one"
                + " default can exist");
    String usual = "{'metadata':{'name':'usual'},'globalDefault':true}";
    assertThat(refusal(plugin, update(resource, usual, usual))).isEmpty();
  }

  private void classes() {
    put(
        "priorityclasses.scheduling.k8s.io",
        "{'metadata':{'name':'high'},'value':1000,'preemptionPolicy':'Never'}");
    put(
        "priorityclasses.scheduling.k8s.io",
        "{'metadata':{'name':'usual'},'value':10,'globalDefault':true}");
  }

  @Test
  void whatIsInUseIsProtected() {
    AdmissionPlugin plugin = new StorageObjectInUseProtection();
    assertThat(mutated(plugin, create("persistentvolumes", "{}")))
        .isEqualTo(json("{'metadata':{'finalizers':['kubernetes.io/pv-protection']}}"));
    JsonObject claim = json("{'metadata':{'finalizers':['kubernetes.io/pvc-protection']}}");
    assertThat(mutated(plugin, create("persistentvolumeclaims", claim))).isEqualTo(claim);
  }

  @Test
  void theNewestDefaultClassIsTaken() {
    for (String[] one : new String[][] {{"b", "2"}, {"a", "2"}, {"old", "1"}}) {
      for (String kind : List.of("storageclass", "ingressclass")) {
        String group = kind.startsWith("storage") ? "storage.k8s.io" : "networking.k8s.io";
        put(
            kind + "es." + group,
            "{'metadata':{'name':'%s','creationTimestamp':'2026-01-0%sT00:00:00Z','annotations':{"
                    .formatted(one[0], one[1])
                + "'"
                + kind
                + ".kubernetes.io/is-default-class':'true'}}}");
      }
    }
    AdmissionPlugin storage = new DefaultStorageClass(registry.stored());
    AdmissionPlugin ingress = new DefaultIngressClass(registry.stored());
    assertThat(mutated(storage, create("persistentvolumeclaims", "{}")))
        .isEqualTo(json("{'spec':{'storageClassName':'a'}}"));
    assertThat(mutated(ingress, create("ingresses.networking.k8s.io", "{}")))
        .isEqualTo(json("{'spec':{'ingressClassName':'a'}}"));
    for (String asIs :
        List.of(
            "{'spec':{'storageClassName':''}}",
            "{'metadata':{'annotations':{'volume.beta.kubernetes.io/storage-class':'x'}}}")) {
      assertThat(mutated(storage, create("persistentvolumeclaims", asIs))).isEqualTo(json(asIs));
    }
    String legacy = "{'metadata':{'annotations':{'kubernetes.io/ingress.class':'nginx'}}}";
    assertThat(mutated(ingress, create("ingresses.networking.k8s.io", legacy)))
        .isEqualTo(json(legacy));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      emptyValue = "",
      textBlock =
          """
          grows | Bound | 2Gi | ~~
          fixed | Bound | 1Gi | ~~
          grows | Pending | 2Gi | Only bound persistent volume claims can be expanded
          fixed | Bound | 2Gi | only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize
          none | Bound | 2Gi | only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize
          """)
  void claimsGrowWhereTheirClassAllows(String name, String phase, String size, String fault) {
    put(
        "storageclasses.storage.k8s.io",
        "{'metadata':{'name':'grows'},'allowVolumeExpansion':true}");
    put("storageclasses.storage.k8s.io", "{'metadata':{'name':'fixed'}}");
    String claim =
        "{'metadata':{'name':'c'},'spec':{'storageClassName':'%s','resources':{'requests':{"
            + "'storage':'%s'}}},'status':{'phase':'%s'}}";
    assertThat(
            refusal(
                new PersistentVolumeClaimResize(registry.stored()),
                update(
                    "persistentvolumeclaims",
                    claim.formatted(name, size, phase),
                    claim.formatted(name, "1Gi", phase))))
        .isEqualTo(fault.isEmpty() ? "" : "persistentvolumeclaims \"c\" is forbidden: " + fault);
  }

  @Test
  void runtimeClassesGiveOverheadAndPlace() {
    put(
        "runtimeclasses.node.k8s.io",
        "{'metadata':{'name':'r'},'overhead':{'podFixed':{'cpu':'1'}},'scheduling':{'nodeSelector':"
            + "{'a':'b'},'tolerations':[{'key':'k'}]}}");
    JsonObject pod =
        mutated(
            new RuntimeClass(registry.stored()),
            create(
                "pods",
                "{'spec':{'runtimeClassName':'r','overhead':{'cpu':'1000m'},'nodeSelector':{'c':"
                    + "'d'},'tolerations':[{'key':'k'},{'key':'l'}]}}"));
    assertThat(pod)
        .isEqualTo(
            json(
                "{'spec':{'runtimeClassName':'r','overhead':{'cpu':'1'},'nodeSelector':{'a':'b',"
                    + "'c':'d'},'tolerations':[{'key':'k'},{'key':'l'}]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'runtimeClassName':'x'} | pod rejected: RuntimeClass "x" not found
          {'overhead':{'cpu':'1'}} | pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead
          {'runtimeClassName':'plain','overhead':{'cpu':'1'}} | pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead
          {'runtimeClassName':'r','overhead':{'cpu':'2'}} | pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead
          {'runtimeClassName':'r','nodeSelector':{'a':'c'}} | conflict: runtimeClass.scheduling.nodeSelector[a] = b; pod.spec.nodeSelector[a] = c
          """)
  void wrongRuntimeClasses(String spec, String fault) {
    put("runtimeclasses.node.k8s.io", "{'metadata':{'name':'plain'}}");
    put(
        "runtimeclasses.node.k8s.io",
        "{'metadata':{'name':'r'},'overhead':{'podFixed':{'cpu':'1'}},'scheduling':{'nodeSelector':"
            + "{'a':'b'}}}");
    assertThat(
            refusal(
                new RuntimeClass(registry.stored()),
                create("pods", "{'metadata':{'name':'p'},'spec':" + spec + "}")))
        .isEqualTo("pods \"p\" is forbidden: " + fault);
  }

  @Test
  void signersArePermittedByNameOrDomain() {
    String csr =
        "{'metadata':{'name':'c'},'spec':{'signerName':'%s/x'},'status':{'certificate':'%s'}}";
    AdmissionPlugin approval =
        SignerPermission.approval(asked ->
            asked.verb().equals("approve")
                    && (asked.name().equals("a.com/x") || asked.name().equals("b.com/*"))
                ? Verdict.allow("")
                : Verdict.noOpinion(""));
    for (String domain : List.of("a.com", "b.com")) {
      assertThat(refusal(approval, signing("approval", csr.formatted(domain, ""), csr))).isEmpty();
    }
    assertThat(refusal(approval, signing("approval", csr.formatted("c.com", ""), csr)))
        .isEqualTo(
            "certificatesigningrequests.certificates.k8s.io \"c\" is forbidden: user not permitted"
                + " to approve requests with signerName \"c.com/x\"");
    AdmissionPlugin issuing = SignerPermission.signing(_ -> Verdict.noOpinion(""));
    assertThat(refusal(issuing, signing("status", csr.formatted("c.com", "new"), csr)))
        .endsWith("user not permitted to sign requests with signerName \"c.com/x\"");
    assertThat(refusal(issuing, signing("status", csr.formatted("c.com", ""), csr))).isEmpty();
  }

  private static AdmissionRequest signing(String part, String updated, String template) {
    JsonObject now = json(updated);
    String signer = now.object("spec").string("signerName").replace("/x", "");
    return Admissions.request(
        Admissions.JANE,
        Operation.UPDATE,
        "certificatesigningrequests.certificates.k8s.io",
        part,
        now,
        json(template.formatted(signer, "")));
  }

  @Test
  void boundPodsKnowTheirZone() {
    put(
        "nodes",
        "{'metadata':{'name':'n1','labels':{'topology.kubernetes.io/zone':'z','other':'x'}}}");
    AdmissionPlugin plugin = new PodTopologyLabels(registry.stored());
    JsonObject binding = json("{'metadata':{'name':'p'},'target':{'name':'n1'}}");
    AdmissionRequest request =
        Admissions.request(Admissions.JANE, Operation.CREATE, "pods", "binding", binding, null);
    assertThat(mutated(plugin, request).object("metadata").object("labels"))
        .isEqualTo(json("{'topology.kubernetes.io/zone':'z'}"));
    assertThat(mutated(plugin, create("pods", "{'spec':{'nodeName':'gone'}}")))
        .isEqualTo(json("{'spec':{'nodeName':'gone'}}"));
  }

  @Test
  void imagesArePulledAlways() {
    AdmissionPlugin plugin = new AlwaysPullImages();
    String pod =
        "{'spec':{'containers':[{'image':'a','imagePullPolicy':'Never'}],'volumes':[{'image':{"
            + "'reference':'v'}}]}}";
    assertThat(mutated(plugin, create("pods", pod)))
        .isEqualTo(
            json(
                "{'spec':{'containers':[{'image':'a','imagePullPolicy':'Always'}],'volumes':[{"
                    + "'image':{'reference':'v','pullPolicy':'Always'}}]}}"));
    assertThat(mutated(plugin, update("pods", pod, pod))).isEqualTo(json(pod));
  }

  @Test
  void noMoreExternalAddressesThanBefore() {
    AdmissionPlugin plugin = new DenyServiceExternalIPs();
    String with = "{'metadata':{'name':'s'},'spec':{'externalIPs':['1.2.3.4']}}";
    assertThat(refusal(plugin, create("services", with)))
        .isEqualTo(
            "services \"s\" is forbidden: Use of external IPs is denied by admission control.");
    assertThat(refusal(plugin, update("services", with, with))).isEmpty();
    assertThat(refusal(plugin, create("services", "{}"))).isEmpty();
  }

  @Test
  void extendedResourcesAreTolerated() {
    JsonObject pod =
        mutated(
            new ExtendedResourceToleration(),
            create(
                "pods",
                "{'spec':{'containers':[{'resources':{'requests':{'example.com/gpu':'1','cpu':'1'}"
                    + "}}]}}"));
    assertThat(pod.object("spec").get("tolerations"))
        .isEqualTo(
            json("{'t':[{'key':'example.com/gpu','operator':'Exists','effect':'NoSchedule'}]}")
                .get("t"));
  }

  @Test
  void podsKeepOthersOffTheirHostOnly() {
    String pod =
        "{'metadata':{'name':'p'},'spec':{'affinity':{'podAntiAffinity':{"
            + "'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'%s'}]}}}}";
    AdmissionPlugin plugin = new LimitPodHardAntiAffinityTopology();
    assertThat(refusal(plugin, create("pods", pod.formatted("kubernetes.io/hostname")))).isEmpty();
    assertThat(refusal(plugin, create("pods", pod.formatted("zone"))))
        .endsWith("has TopologyKey zone but only key kubernetes.io/hostname is allowed");
  }

  @Test
  void podsGetTheirAccountAndItsToken() {
    put(
        "serviceaccounts",
        "{'metadata':{'name':'default','namespace':'n'},'imagePullSecrets':[{'name':'pull'}]}");
    JsonObject spec =
        mutated(
                new ServiceAccount(registry.stored(), new Random(1)),
                create(
                    "pods",
                    "{'spec':{'containers':[{'name':'a'},{'name':'b','volumeMounts':[{'mountPath':"
                        + "'/var/run/secrets/kubernetes.io/serviceaccount','name':'own'}]}]}}"))
            .object("spec");
    String volume = ((JsonObject) spec.array("volumes").get(0)).string("name");
    assertThat(volume).matches("kube-api-access-[a-z0-9]{5}");
    assertThat(spec.without("volumes"))
        .isEqualTo(
            json(
                "{'serviceAccountName':'default','serviceAccount':'default','imagePullSecrets':[{"
                    + "'name':'pull'}],'containers':[{'name':'a','volumeMounts':[{'mountPath':"
                    + "'/var/run/secrets/kubernetes.io/serviceaccount','name':'"
                    + volume
                    + "','readOnly':true}]},{'name':'b','volumeMounts':[{'mountPath':"
                    + "'/var/run/secrets/kubernetes.io/serviceaccount','name':'own'}]}]}"));
    assertThat(((JsonObject) spec.array("volumes").get(0)).get("projected"))
        .isEqualTo(
            json(
                "{'defaultMode':420,'sources':[{'serviceAccountToken':{'expirationSeconds':3607,"
                    + "'path':'token'}},{'configMap':{'name':'kube-root-ca.crt','items':[{'key':"
                    + "'ca.crt','path':'ca.crt'}]}},{'downwardAPI':{'items':[{'path':'namespace',"
                    + "'fieldRef':{'apiVersion':'v1','fieldPath':'metadata.namespace'}}]}}]}"));
  }

  @ParameterizedTest
  @CsvSource({"true,,0", ",false,0", "true,false,0", "false,true,1", ",,1"})
  void tokensAreMountedUnlessEitherSaysNo(String ofAccount, String ofPod, int volumes) {
    // A pod's word counts more than its account's.
    String account = ofAccount == null ? "" : ",'automountServiceAccountToken':" + ofAccount;
    boolean expected =
        ofPod == null ? ofAccount == null || ofAccount.equals("true") : ofPod.equals("true");
    put("serviceaccounts", "{'metadata':{'name':'default','namespace':'n'}" + account + "}");
    JsonObject pod =
        mutated(
            new ServiceAccount(registry.stored(), new Random(1)),
            create(
                "pods",
                "{'spec':{'containers':[{'name':'a'}]"
                    + (ofPod == null ? "" : ",'automountServiceAccountToken':" + ofPod)
                    + "}}"));
    assertThat(pod.object("spec").array("volumes").isEmpty()).isEqualTo(!expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {} | {'serviceAccountName':'gone'} | error looking up service account n/gone: serviceaccount "gone" not found
          {'kubernetes.io/config.mirror':''} | {'serviceAccountName':'strict'} | a mirror pod may not reference service accounts
          {'kubernetes.io/config.mirror':''} | {'containers':[{'envFrom':[{'secretRef':{'name':'s'}}]}]} | a mirror pod may not reference secrets
          {'kubernetes.io/config.mirror':''} | {'volumes':[{'projected':{'sources':[{'serviceAccountToken':{}}]}}]} | a mirror pod may not use ServiceAccountToken volume projections
          {} | {'serviceAccountName':'strict','volumes':[{'secret':{'secretName':'x'}}]} | volume with secret.secretName="x" is not allowed because service account strict does not reference that secret
          {} | {'serviceAccountName':'strict','initContainers':[{'name':'c','env':[{'name':'E','valueFrom':{'secretKeyRef':{'name':'x'}}}]}]} | init container c with envVar E referencing secret.secretName="x" is not allowed because service account strict does not reference that secret
          {} | {'serviceAccountName':'strict','containers':[{'name':'c','envFrom':[{'secretRef':{'name':'x'}}]}]} | container c with envFrom referencing secret.secretName="x" is not allowed because service account strict does not reference that secret
          {} | {'serviceAccountName':'strict','imagePullSecrets':[{'name':'x'}]} | imagePullSecrets[0].name="x" is not allowed because service account strict does not reference that imagePullSecret
          """)
  void wrongAccountsAndSecrets(String annotations, String spec, String fault) {
    put("serviceaccounts", "{'metadata':{'name':'default','namespace':'n'}}");
    put(
        "serviceaccounts",
        "{'metadata':{'name':'strict','namespace':'n','annotations':{"
            + "'kubernetes.io/enforce-mountable-secrets':'true'}},'secrets':[{'name':'s'}]}");
    assertThat(
            refusal(
                new ServiceAccount(registry.stored(), new Random(1)),
                create(
                    "pods",
                    "{'metadata':{'name':'p','annotations':"
                        + annotations
                        + "},'spec':"
                        + spec
                        + "}")))
        .isEqualTo("pods \"p\" is forbidden: " + fault);
  }
}
