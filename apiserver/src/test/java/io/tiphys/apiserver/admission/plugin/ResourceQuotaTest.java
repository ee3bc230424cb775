package io.tiphys.apiserver.admission.plugin;

import static io.tiphys.apiserver.admission.plugin.Admissions.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceQuotaTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private final FakeRegistry registry = new FakeRegistry();
  private final ResourceQuota plugin = new ResourceQuota(registry.stored(), () -> NOW);
  private int made;

  @Test
  void nothingIsLimitedWithoutQuota() {
    assertThat(create("pods", "{}")).isEmpty();
  }

  @Test
  void whatWouldExceedIsRefusedInUpstreamsWords() {
    quota("q", "'hard':{'pods':'2'}");
    assertThat(create("pods", "{}")).isEmpty();
    assertThat(create("pods", "{}")).isEmpty();
    assertThat(create("pods", "{}"))
        .isEqualTo(
            "pods \"o3\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2,"
                + " limited: pods=2");
    assertThat(used("q")).isEqualTo(json("{'pods':'2'}"));
  }

  @Test
  void aNewQuotaCountsWhatThereIs() {
    create("configmaps", "{}");
    create("configmaps", "{}");
    quota("q", "'hard':{'configmaps':'3','count/deployments.apps':'1'}");
    registry.put("apps", "deployments", json("{'metadata':{'name':'d','namespace':'n'}}"));
    assertThat(create("configmaps", "{}")).isEmpty();
    assertThat(used("q")).isEqualTo(json("{'configmaps':'3','count/deployments.apps':'1'}"));
    assertThat(create("configmaps", "{}")).contains("used: configmaps=3, limited: configmaps=3");
    assertThat(create("deployments.apps", "{}"))
        .isEqualTo(
            "deployments.apps \"o5\" is forbidden: exceeded quota: q, requested:"
                + " count/deployments.apps=1, used: count/deployments.apps=1, limited:"
                + " count/deployments.apps=1");
  }

  @Test
  void anEditedQuotaTakesEffect() {
    quota("q", "'hard':{'secrets':'1'}");
    assertThat(create("secrets", "{}")).isEmpty();
    assertThat(create("secrets", "{}")).contains("exceeded");
    quota("q", "'hard':{'secrets':'2'}");
    assertThat(create("secrets", "{}")).isEmpty();
  }

  @Test
  void whatIsDeletedOrHasEndedIsGivenBack() {
    quota("q", "'hard':{'pods':'1'}");
    assertThat(create("pods", "{}")).isEmpty();
    assertThat(create("pods", "{}")).contains("exceeded");
    registry.delete("", "pods", "n", "o1");
    assertThat(create("pods", "{}")).isEmpty();
    JsonObject pod = registry.get("", "pods", "n", "o3");
    registry.put("", "pods", pod.with("status", json("{'phase':'Succeeded'}")));
    assertThat(create("pods", "{}")).isEmpty();
    assertThat(create("pods", "{}")).contains("exceeded");
  }

  @Test
  void aFailedWriteGivesBackWhatItWasCharged() {
    quota("q", "'hard':{'pods':'1'}");
    AdmissionRequest request = Admissions.create("pods", "{'metadata':{'name':'x','uid':'u'}}");
    assertThatThrownBy(() ->
            plugin
                .reserve(request)
                .around(() -> {
                  assertThat(used("q")).isEqualTo(json("{'pods':'1'}"));
                  throw ApiException.badRequest("no");
                }))
        .hasMessage("no");
    assertThat(used("q")).isEqualTo(json("{'pods':'0'}"));
    assertThat(create("pods", "{}")).isEmpty();
  }

  @Test
  void aChargedWriteThatIsNotStoredYetCounts() {
    quota("q", "'hard':{'pods':'1'}");
    plugin.reserve(Admissions.create("pods", "{'metadata':{'name':'x','uid':'u'}}"));
    assertThat(create("pods", "{}")).contains("exceeded");
  }

  @Test
  void aDryRunConsumesNothing() {
    quota("q", "'hard':{'pods':'1'}");
    AdmissionRequest request = Admissions.create("pods", "{'metadata':{'name':'x','uid':'u'}}");
    for (int i = 0; i < 3; i++) {
      plugin.reserve(Admissions.dryRun(request)).commit();
    }
    create("pods", "{}");
    assertThat(used("q")).isEqualTo(json("{'pods':'1'}"));
    assertThatThrownBy(() -> plugin.reserve(Admissions.dryRun(request)))
        .hasMessageContaining("exceeded quota: q");
  }

  @Test
  void allQuotasAreChargedOrNone() {
    quota("a", "'hard':{'pods':'5'}");
    quota("b", "'hard':{'pods':'1'}");
    assertThat(create("pods", "{}")).isEmpty();
    assertThat(create("pods", "{}")).contains("exceeded quota: b");
    assertThat(used("a")).isEqualTo(json("{'pods':'1'}"));
  }

  @Test
  void containersMustStateWhatIsLimited() {
    quota("q", "'hard':{'limits.cpu':'2','limits.memory':'1Gi','requests.cpu':'1'}");
    assertThat(
            create(
                "pods",
                "{'spec':{'containers':[{'name':'b'},{'name':'a','resources':{'limits':{'cpu':'1',"
                    + "'memory':'1Mi'},'requests':{'cpu':'1'}}}],'initContainers':[{'name':'c'}]}}"))
        .isEqualTo(
            "pods \"o1\" is forbidden: failed quota: q: must specify limits.cpu for: b,c;"
                + " limits.memory for: b,c; requests.cpu for: b,c");
  }

  @Test
  void theTextNamesOnlyWhatIsExceeded() {
    quota("q", "'hard':{'pods':'5','requests.cpu':'1','requests.memory':'1Gi'}");
    assertThat(
            create(
                "pods",
                "{'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'1500m','memory':"
                    + "'2Gi'}}}]}}"))
        .isEqualTo(
            "pods \"o1\" is forbidden: exceeded quota: q, requested:"
                + " requests.cpu=1500m,requests.memory=2Gi, used: requests.cpu=0,requests.memory=0,"
                + " limited: requests.cpu=1,requests.memory=1Gi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          pods | {'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'1','example.com/gpu':'2','hugepages-2Mi':'4Mi'},'limits':{'cpu':'2','memory':'1Gi'}}}]}} | {'count/pods':'1','pods':'1','cpu':'1','requests.cpu':'1','limits.cpu':'2','limits.memory':'1Gi','requests.example.com/gpu':'2','hugepages-2Mi':'4Mi','requests.hugepages-2Mi':'4Mi'}
          pods | {'spec':{'overhead':{'cpu':'1'},'containers':[{'resources':{'requests':{'cpu':'1'}}}],'initContainers':[{'resources':{'requests':{'cpu':'3'}}}]}} | {'requests.cpu':'4'}
          pods | {'spec':{'containers':[{'resources':{'requests':{'cpu':'1'}}}],'initContainers':[{'restartPolicy':'Always','resources':{'requests':{'cpu':'1'}}},{'resources':{'requests':{'cpu':'3'}}}]}} | {'requests.cpu':'4'}
          pods | {'spec':{'resources':{'requests':{'cpu':'5'}},'containers':[{'resources':{'requests':{'cpu':'1'}}}]}} | {'requests.cpu':'5'}
          pods | {'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'1'}}}]},'status':{'containerStatuses':[{'name':'a','resources':{'requests':{'cpu':'2'}}}]}} | {'requests.cpu':'2'}
          pods | {'status':{'phase':'Failed'}} | {'count/pods':'1','pods':'0','requests.cpu':'0'}
          pods | {'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z','deletionGracePeriodSeconds':30}} | {'count/pods':'1','pods':'0'}
          services | {'spec':{'type':'LoadBalancer','ports':[{},{}]}} | {'services':'1','services.loadbalancers':'1','services.nodeports':'2'}
          services | {'spec':{'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,'ports':[{'nodePort':30000},{}]}} | {'services.nodeports':'1'}
          services | {'spec':{'type':'NodePort','ports':[{}]}} | {'services.nodeports':'1','count/services':'1','services.loadbalancers':'0'}
          services | {'spec':{'type':'ClusterIP','ports':[{}]}} | {'services.nodeports':'0'}
          persistentvolumeclaims | {'spec':{'storageClassName':'gold','resources':{'requests':{'storage':'1Gi'}}}} | {'persistentvolumeclaims':'1','requests.storage':'1Gi','gold.storageclass.storage.k8s.io/requests.storage':'1Gi','gold.storageclass.storage.k8s.io/persistentvolumeclaims':'1','bronze.storageclass.storage.k8s.io/requests.storage':'0'}
          persistentvolumeclaims | {'spec':{'resources':{'requests':{'storage':'1Gi'}}},'status':{'allocatedResources':{'storage':'2Gi'}}} | {'requests.storage':'2Gi'}
          resourceclaims.resource.k8s.io | {'spec':{'devices':{'requests':[{'exactly':{'deviceClassName':'gpu','count':2}},{'exactly':{'deviceClassName':'gpu','allocationMode':'All'}},{'firstAvailable':[{'deviceClassName':'a','count':1},{'deviceClassName':'a','count':3}]}]}}} | {'gpu.deviceclass.resource.k8s.io/devices':'34','a.deviceclass.resource.k8s.io/devices':'3','count/resourceclaims.resource.k8s.io':'1'}
          secrets | {} | {'secrets':'1','count/secrets':'1'}
          replicationcontrollers | {} | {'replicationcontrollers':'1'}
          widgets.example.com | {} | {'count/widgets.example.com':'1'}
          """)
  void whatIsUsed(String resource, String object, String expected) {
    JsonObject wanted = json(expected);
    JsonObject.Builder hard = new JsonObject.Builder();
    wanted.keys().forEach(name -> hard.put(name, JsonString.of("1000Gi")));
    // The fake's catalog has a resource once it was asked for it.
    registry.catalog().get(group(resource), plural(resource));
    quota("q", "'hard':" + hard.build());
    assertThat(create(resource, object)).isEmpty();
    assertThat(used("q")).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'scopes':['Terminating'] | {'activeDeadlineSeconds':0} | true
          'scopes':['Terminating'] | {} | false
          'scopes':['NotTerminating'] | {} | true
          'scopes':['BestEffort'] | {'containers':[{}]} | true
          'scopes':['BestEffort'] | {'containers':[{'resources':{'requests':{'cpu':'1'}}}]} | false
          'scopes':['NotBestEffort'] | {'containers':[{'resources':{'requests':{'cpu':'1'}}}]} | true
          'scopes':['NotBestEffort','NotTerminating'] | {'activeDeadlineSeconds':5,'containers':[{'resources':{'requests':{'cpu':'1'}}}]} | false
          'scopes':['CrossNamespacePodAffinity'] | {'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'namespaceSelector':{}}]}}} | true
          'scopes':['CrossNamespacePodAffinity'] | {'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'podAffinityTerm':{'namespaces':['x']}}]}}} | true
          'scopes':['CrossNamespacePodAffinity'] | {'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{}]}}} | false
          'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]} | {'priorityClassName':'high'} | true
          'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In','values':['high']}]} | {} | false
          'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'NotIn','values':['high']}]} | {} | true
          'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'Exists'}]} | {'priorityClassName':'low'} | true
          'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'DoesNotExist'}]} | {} | true
          'scopeSelector':{'matchExpressions':[{'scopeName':'VolumeAttributesClass','operator':'Exists'}]} | {} | false
          """)
  void scopesOfPods(String scope, String spec, boolean counted) {
    quota("q", "'hard':{'pods':'9'}," + scope);
    assertThat(create("pods", "{'spec':" + spec + "}")).isEmpty();
    assertThat(used("q")).isEqualTo(json(counted ? "{'pods':'1'}" : "{'pods':'0'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'spec':{'volumeAttributesClassName':'gold'}} | true
          {'spec':{'volumeAttributesClassName':'silver'},'status':{'currentVolumeAttributesClassName':'gold'}} | true
          {'spec':{'volumeAttributesClassName':'silver'}} | false
          {} | false
          """)
  void scopesOfClaims(String claim, boolean counted) {
    quota(
        "q",
        "'hard':{'persistentvolumeclaims':'9'},'scopeSelector':{'matchExpressions':[{'scopeName':"
            + "'VolumeAttributesClass','operator':'In','values':['gold']}]}");
    assertThat(create("persistentvolumeclaims", claim)).isEmpty();
    assertThat(used("q").string("persistentvolumeclaims")).isEqualTo(counted ? "1" : "0");
  }

  @Test
  void updatesAreChargedWithTheDifference() {
    quota("q", "'hard':{'requests.storage':'3Gi','services.nodeports':'1'}");
    String claim = "{'spec':{'resources':{'requests':{'storage':'%s'}}}}";
    assertThat(create("persistentvolumeclaims", claim.formatted("1Gi"))).isEmpty();
    assertThat(update("persistentvolumeclaims", "", "o1", claim.formatted("3Gi"))).isEmpty();
    assertThat(update("persistentvolumeclaims", "", "o1", claim.formatted("4Gi")))
        .isEqualTo(
            "persistentvolumeclaims \"o1\" is forbidden: exceeded quota: q, requested:"
                + " requests.storage=1Gi, used: requests.storage=3Gi, limited:"
                + " requests.storage=3Gi");
    assertThat(create("services", "{'spec':{'type':'ClusterIP','ports':[{},{}]}}")).isEmpty();
    assertThat(update("services", "", "o2", "{'spec':{'type':'NodePort','ports':[{},{}]}}"))
        .contains("requested: services.nodeports=2, used: services.nodeports=0");
  }

  @Test
  void resizesArePaidForAndOtherUpdatesOfPodsAreNot() {
    quota("q", "'hard':{'requests.cpu':'2'}");
    String pod = "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'%s'}}}]}}";
    assertThat(create("pods", pod.formatted("1"))).isEmpty();
    assertThat(update("pods", "resize", "o1", pod.formatted("2"))).isEmpty();
    assertThat(used("q")).isEqualTo(json("{'requests.cpu':'2'}"));
    assertThat(update("pods", "resize", "o1", pod.formatted("3"))).contains("exceeded");
    assertThat(update("pods", "", "o1", pod.formatted("3"))).isEmpty();
  }

  @Test
  void manyAtOnceGetJustWhatIsAllowed() throws InterruptedException, ExecutionException {
    quota("q", "'hard':{'pods':'50'}");
    AtomicInteger allowed = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 64; i++) {
        String name = "p" + i;
        all.add(
            threads.submit(() -> {
              for (int k = 0; k < 4; k++) {
                if (admitted("pods", object(name + "-" + k, "{}")).isEmpty()) {
                  allowed.incrementAndGet();
                }
              }
            }));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
    assertThat(allowed.get()).isEqualTo(50);
    assertThat(registry.stored().cached(Kinds.PODS, "n")).hasSize(50);
    assertThat(used("q")).isEqualTo(json("{'pods':'50'}"));
  }

  private void quota(String name, String spec) {
    JsonObject quota =
        json("{'metadata':{'name':'" + name + "','namespace':'n'},'spec':{" + spec + "}}");
    registry
        .stored()
        .cached(Kinds.QUOTAS, "n", name)
        .ifPresentOrElse(
            old -> registry.put("", "resourcequotas", old.with("spec", quota.object("spec"))),
            () -> registry.put("", "resourcequotas", quota));
  }

  private JsonObject used(String quota) {
    return registry.get("", "resourcequotas", "n", quota).object("status").object("used");
  }

  private static JsonObject object(String name, String json) {
    JsonObject object = json(json);
    return object.with(
        "metadata",
        object
            .object("metadata")
            .with("name", name)
            .with("namespace", "n")
            .with("uid", "uid-of-" + name));
  }

  /** Creates an object as the server would; returns the refusal, or "". */
  private String create(String resource, String json) {
    return admitted(resource, object("o" + ++made, json));
  }

  private String admitted(String resource, JsonObject object) {
    AdmissionRequest request = Admissions.create(resource, object);
    return stored(request, group(resource), plural(resource), object);
  }

  private String update(String resource, String subresource, String name, String json) {
    JsonObject old = registry.get(group(resource), plural(resource), "n", name);
    JsonObject updated = old.with("spec", json(json).object("spec"));
    AdmissionRequest request =
        Admissions.request(Admissions.JANE, Operation.UPDATE, resource, subresource, updated, old);
    return stored(request, group(resource), plural(resource), updated);
  }

  private String stored(AdmissionRequest request, String group, String plural, JsonObject object) {
    if (!plugin.handles(request)) {
      registry.put(group, plural, object);
      return "";
    }
    try {
      plugin.reserve(request).around(() -> registry.put(group, plural, object));
      return "";
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(403);
      return String.valueOf(e.getMessage());
    }
  }

  private static String group(String resource) {
    int dot = resource.indexOf('.');
    return dot < 0 ? "" : resource.substring(dot + 1);
  }

  private static String plural(String resource) {
    int dot = resource.indexOf('.');
    return dot < 0 ? resource : resource.substring(0, dot);
  }
}
