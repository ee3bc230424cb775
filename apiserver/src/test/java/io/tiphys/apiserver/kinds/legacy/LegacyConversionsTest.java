package io.tiphys.apiserver.kinds.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersion;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyConversionsTest {

  private static LegacyKind kind(String apiVersion, String kind) {
    return LegacyConversions.find(GroupVersion.parse(apiVersion).kind(kind)).orElseThrow();
  }

  private static Conversion conversion(String apiVersion, String kind) {
    return kind(apiVersion, kind).conversion();
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text.replace('\'', '"'));
  }

  @Test
  void noKindIsListedTwice() {
    Set<Object> seen = new HashSet<>();
    assertThat(LegacyConversions.ALL).allMatch(k -> seen.add(k.served()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          extensions/v1beta1 | Deployment | v1.8 | v1.16 | apps/v1
          extensions/v1beta1 | Ingress | v1.14 | v1.22 | networking.k8s.io/v1
          extensions/v1beta1 | NetworkPolicy | v1.9 | v1.16 | networking.k8s.io/v1
          apps/v1beta1 | StatefulSet | v1.8 | v1.16 | apps/v1
          apps/v1beta2 | DaemonSet | v1.9 | v1.16 | apps/v1
          batch/v1beta1 | CronJob | v1.21 | v1.25 | batch/v1
          policy/v1beta1 | PodDisruptionBudget | v1.21 | v1.25 | policy/v1
          rbac.authorization.k8s.io/v1beta1 | ClusterRole | v1.17 | v1.22 | rbac.authorization.k8s.io/v1
          autoscaling/v2beta2 | HorizontalPodAutoscaler | v1.23 | v1.26 | autoscaling/v2
          networking.k8s.io/v1beta1 | Ingress | v1.19 | v1.22 | networking.k8s.io/v1
          events.k8s.io/v1beta1 | Event | v1.22 | v1.25 | events.k8s.io/v1
          """)
  void oldVersionsWarn(
      String version, String kind, String deprecated, String removed, String replacement) {
    assertThat(kind(version, kind).deprecation())
        .isEqualTo(
            "%s %s is deprecated in %s+, unavailable in %s+; use %s %s"
                .formatted(version, kind, deprecated, removed, replacement, kind));
  }

  @Test
  void currentVersionsDoNotWarn() {
    assertThat(kind("autoscaling/v1", "HorizontalPodAutoscaler").deprecation()).isNull();
    assertThat(kind("events.k8s.io/v1", "Event").deprecation()).isNull();
  }

  @Test
  void deploymentOfExtensionsTakesSelectorAndLabelsFromItsTemplate() {
    JsonObject served =
        json(
            """
            {'metadata':{'name':'my-nginx'},
             'spec':{'replicas':2,'rollbackTo':{'revision':3},
              'template':{'metadata':{'labels':{'run':'my-nginx'}},
               'spec':{'containers':[{'name':'my-nginx','image':'nginx:1.10.1'}]}}}}
            """);
    Conversion conversion = conversion("extensions/v1beta1", "Deployment");
    assertThat(conversion.toStorage(conversion.defaults(served)))
        .isEqualTo(
            json(
                """
                {'metadata':{'name':'my-nginx','labels':{'run':'my-nginx'},
                  'annotations':{'deprecated.deployment.rollback.to':'3'}},
                 'spec':{'replicas':2,'revisionHistoryLimit':2147483647,
                  'progressDeadlineSeconds':2147483647,
                  'selector':{'matchLabels':{'run':'my-nginx'}},
                  'strategy':{'type':'RollingUpdate',
                   'rollingUpdate':{'maxSurge':1,'maxUnavailable':1}},
                  'template':{'metadata':{'labels':{'run':'my-nginx'}},
                   'spec':{'containers':[{'name':'my-nginx','image':'nginx:1.10.1'}]}}}}
                """));
  }

  @Test
  void deploymentOfAppsV1beta1KeepsTwoRevisions() {
    Conversion conversion = conversion("apps/v1beta1", "Deployment");
    JsonObject served = json("{'spec':{'selector':{},'strategy':{'type':'Recreate'}}}");
    assertThat(conversion.toStorage(conversion.defaults(served)))
        .isEqualTo(
            json(
                "{'spec':{'selector':{},'strategy':{'type':'Recreate'},"
                    + "'revisionHistoryLimit':2}}"));
  }

  @Test
  void daemonSetOfExtensionsUpdatesOnDelete() {
    Conversion conversion = conversion("extensions/v1beta1", "DaemonSet");
    JsonObject stored =
        conversion.toStorage(
            conversion.defaults(
                json(
                    "{'spec':{'templateGeneration':4,'template':{'metadata':{'labels':{'a':'b'}}}}}")));
    assertThat(stored)
        .isEqualTo(
            json(
                """
                {'metadata':{'labels':{'a':'b'},
                  'annotations':{'deprecated.daemonset.template.generation':'4'}},
                 'spec':{'selector':{'matchLabels':{'a':'b'}},'updateStrategy':{'type':'OnDelete'},
                  'template':{'metadata':{'labels':{'a':'b'}}}}}
                """));
    assertThat(conversion.fromStorage(stored).at("spec", "templateGeneration"))
        .isEqualTo(Json.parse("4"));
  }

  @Test
  void ingressBackendsAreNested() {
    JsonObject served =
        json(
            """
            {'spec':{'backend':{'serviceName':'fallback','servicePort':'http'},
              'rules':[{'host':'a.example.com','http':{'paths':[
                {'path':'/','backend':{'serviceName':'web','servicePort':80}},
                {'path':'/s','pathType':'Exact',
                 'backend':{'resource':{'kind':'Bucket','name':'static'}}}]}},
               {'host':'b.example.com'}]}}
            """);
    JsonObject stored =
        json(
            """
            {'spec':{'defaultBackend':{'service':{'name':'fallback','port':{'name':'http'}}},
              'rules':[{'host':'a.example.com','http':{'paths':[
                {'path':'/','pathType':'ImplementationSpecific',
                 'backend':{'service':{'name':'web','port':{'number':80}}}},
                {'path':'/s','pathType':'Exact',
                 'backend':{'resource':{'kind':'Bucket','name':'static'}}}]}},
               {'host':'b.example.com'}]}}
            """);
    for (String version : new String[] {"extensions/v1beta1", "networking.k8s.io/v1beta1"}) {
      Conversion conversion = conversion(version, "Ingress");
      assertThat(conversion.toStorage(served)).isEqualTo(stored);
      assertThat(conversion.toStorage(conversion.fromStorage(stored))).isEqualTo(stored);
    }
  }

  @Test
  void anEmptySelectorOfADisruptionBudgetKeepsItsMeaning() {
    Conversion conversion = conversion("policy/v1beta1", "PodDisruptionBudget");
    JsonObject empty = json("{'spec':{'selector':{}}}");
    assertThat(conversion.toStorage(empty).at("spec", "selector"))
        .isEqualTo(
            json(
                """
                {'matchExpressions':[{
                  'key':'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match',
                  'operator':'Exists'}]}
                """));
    assertThat(conversion.fromStorage(conversion.toStorage(empty))).isEqualTo(empty);
    assertThat(conversion.fromStorage(empty)).isNotEqualTo(empty);
    assertThat(conversion.toStorage(conversion.fromStorage(empty))).isEqualTo(empty);
    JsonObject some = json("{'spec':{'selector':{'matchLabels':{'app':'x'}}}}");
    assertThat(conversion.toStorage(some)).isEqualTo(some);
  }

  @Test
  void eventsHaveOtherFieldNames() {
    assertThat(
            conversion("events.k8s.io/v1", "Event")
                .fromStorage(
                    json(
                        """
                        {'involvedObject':{'kind':'Pod'},'message':'m','reason':'r','type':'Normal',
                         'source':{'component':'kubelet'},'count':2,
                         'firstTimestamp':'2026-01-01T00:00:00Z',
                         'lastTimestamp':'2026-01-01T00:00:01Z','reportingComponent':'kubelet',
                         'reportingInstance':'n1'}
                        """)))
        .isEqualTo(
            json(
                """
                {'regarding':{'kind':'Pod'},'note':'m','reason':'r','type':'Normal',
                 'deprecatedSource':{'component':'kubelet'},'deprecatedCount':2,
                 'deprecatedFirstTimestamp':'2026-01-01T00:00:00Z',
                 'deprecatedLastTimestamp':'2026-01-01T00:00:01Z','reportingController':'kubelet',
                 'reportingInstance':'n1'}
                """));
  }

  @Test
  void autoscalerV1ShowsTheCpuAndKeepsTheRestInAnnotations() {
    JsonObject stored =
        json(
            """
            {'metadata':{'name':'web'},
             'spec':{'maxReplicas':5,'metrics':[
               {'type':'Resource','resource':{'name':'cpu',
                'target':{'type':'Utilization','averageUtilization':80}}},
               {'type':'Pods','pods':{'metric':{'name':'qps'},
                'target':{'type':'AverageValue','averageValue':'10'}}}],
              'behavior':{'scaleUp':{'stabilizationWindowSeconds':0}}},
             'status':{'currentReplicas':1,'desiredReplicas':1,
              'conditions':[{'type':'AbleToScale','status':'True'}],
              'currentMetrics':[{'type':'Resource','resource':{'name':'cpu',
                'current':{'averageUtilization':20,'averageValue':'5m'}}}]}}
            """);
    Conversion conversion = conversion("autoscaling/v1", "HorizontalPodAutoscaler");
    JsonObject served = conversion.fromStorage(stored);
    assertThat(served.object("spec"))
        .isEqualTo(json("{'maxReplicas':5,'targetCPUUtilizationPercentage':80}"));
    assertThat(served.object("status"))
        .isEqualTo(
            json("{'currentReplicas':1,'desiredReplicas':1,'currentCPUUtilizationPercentage':20}"));
    assertThat(served.object("metadata").object("annotations").strings())
        .containsEntry(
            "autoscaling.alpha.kubernetes.io/metrics",
            "[{\"pods\":{\"metricName\":\"qps\",\"targetAverageValue\":\"10\"},\"type\":\"Pods\"}]")
        .containsEntry(
            "autoscaling.alpha.kubernetes.io/behavior",
            "{\"ScaleUp\":{\"StabilizationWindowSeconds\":0}}")
        .containsEntry(
            "autoscaling.alpha.kubernetes.io/conditions",
            "[{\"status\":\"True\",\"type\":\"AbleToScale\"}]")
        .containsEntry(
            "autoscaling.alpha.kubernetes.io/current-metrics",
            "[{\"resource\":{\"currentAverageUtilization\":20,\"currentAverageValue\":\"5m\","
                + "\"name\":\"cpu\"},\"type\":\"Resource\"}]");
    assertThat(conversion.toStorage(served)).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({"not json", "{}", "[1]", "''"})
  void brokenAnnotationsOfAnAutoscalerAreDropped(String text) {
    JsonObject served =
        JsonObject.of(
            "metadata",
            JsonObject.of(
                "annotations",
                JsonObject.of(
                    "autoscaling.alpha.kubernetes.io/metrics", text,
                    "autoscaling.alpha.kubernetes.io/behavior", text)),
            "spec",
            JsonObject.of("maxReplicas", 3));
    assertThat(conversion("autoscaling/v1", "HorizontalPodAutoscaler").toStorage(served))
        .isEqualTo(json("{'metadata':{},'spec':{'maxReplicas':3}}"));
  }

  @Test
  void zoneOfAnEndpointMovesToItsTopology() {
    Conversion conversion = conversion("discovery.k8s.io/v1beta1", "EndpointSlice");
    JsonObject served =
        json(
            """
            {'endpoints':[{'addresses':['10.0.0.1'],'topology':{'kubernetes.io/hostname':'n1',
              'topology.kubernetes.io/zone':'z','rack':'r7'}}]}
            """);
    JsonObject stored = conversion.toStorage(served);
    assertThat(stored)
        .isEqualTo(
            json(
                """
                {'endpoints':[{'addresses':['10.0.0.1'],'nodeName':'n1','zone':'z',
                  'deprecatedTopology':{'rack':'r7'}}]}
                """));
    assertThat(conversion.toStorage(conversion.fromStorage(stored))).isEqualTo(stored);
  }
}
