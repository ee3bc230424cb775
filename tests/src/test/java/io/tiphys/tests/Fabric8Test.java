package io.tiphys.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program on fabric8's client: typed objects, patches, apply, informers, watches. */
@ExtendWith(SharedCluster.class)
class Fabric8Test {
  private final Cluster cluster;
  private final String namespace;
  private KubernetesClient client;

  Fabric8Test(Cluster cluster) {
    this.cluster = cluster;
    this.namespace = cluster.newNamespace("fabric8");
  }

  @BeforeEach
  void open() {
    client = new KubernetesClientBuilder().withConfig(cluster.config()).build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .addToLabels("app", "fabric8")
        .endMetadata()
        .addToData("value", value)
        .build();
  }

  private Deployment deployment(String image, int replicas) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewSelector()
        .addToMatchLabels("app", "web")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", "web")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  @Test
  void createsReadsUpdatesAndDeletes() {
    ConfigMap created = client.resource(configMap("one", "1")).create();
    assertThat(created.getMetadata().getUid()).isNotBlank();
    assertThatThrownBy(() -> client.resource(configMap("one", "1")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists"));
    ConfigMap edited =
        client
            .configMaps()
            .inNamespace(namespace)
            .withName("one")
            .edit(c -> new ConfigMapBuilder(c).addToData("more", "yes").build());
    assertThat(edited.getData()).containsEntry("value", "1").containsEntry("more", "yes");
    assertThat(
            client
                .configMaps()
                .inNamespace(namespace)
                .withLabel("app", "fabric8")
                .list()
                .getItems())
        .hasSize(1);
    assertThat(client.configMaps().inNamespace(namespace).withName("one").delete()).hasSize(1);
    assertThat(client.configMaps().inNamespace(namespace).withName("one").get()).isNull();
  }

  @Test
  void aStaleUpdateIsRefused() {
    ConfigMap first = client.resource(configMap("one", "1")).create();
    client.resource(new ConfigMapBuilder(first).addToData("value", "2").build()).update();
    ConfigMap stale = new ConfigMapBuilder(first).addToData("value", "3").build();
    assertThatThrownBy(() -> client.resource(stale).lockResourceVersion().update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> assertThat(e.getStatus().getReason()).isEqualTo("Conflict"));
  }

  @Test
  void patchesInAllFourWays() {
    client.resource(deployment("nginx:1", 1)).create();
    var web = client.apps().deployments().inNamespace(namespace).withName("web");
    web.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":2}}");
    web.patch(
        PatchContext.of(PatchType.JSON),
        "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"a\":\"b\"}}]");
    web.patch(
        PatchContext.of(PatchType.STRATEGIC_MERGE),
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"busybox\"}]}}}}");
    Deployment patched = web.get();
    assertThat(patched.getSpec().getReplicas()).isEqualTo(2);
    assertThat(patched.getMetadata().getLabels()).containsEntry("a", "b");
    assertThat(patched.getSpec().getTemplate().getSpec().getContainers())
        .extracting(c -> c.getName())
        .containsExactlyInAnyOrder("main", "side");
    assertThat(web.scale(5).getSpec().getReplicas()).isEqualTo(5);
  }

  @Test
  void anApplyThatTakesAnothersFieldIsAConflictUnlessForced() {
    client.resource(deployment("nginx:1", 1)).fieldManager("first").serverSideApply();
    assertThatThrownBy(() ->
            client.resource(deployment("nginx:2", 1)).fieldManager("second").serverSideApply())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("conflict with \"first\"")
        .hasMessageContaining(".spec.template.spec.containers[name=\"main\"].image");
    Deployment forced =
        client
            .resource(deployment("nginx:2", 1))
            .fieldManager("second")
            .forceConflicts()
            .serverSideApply();
    assertThat(forced.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
        .isEqualTo("nginx:2");
  }

  @Test
  void anInformerHearsOfEveryChange() {
    client.resource(configMap("before", "0")).create();
    List<String> heard = new CopyOnWriteArrayList<>();
    try (SharedIndexInformer<ConfigMap> informer =
        client
            .configMaps()
            .inNamespace(namespace)
            .withLabel("app", "fabric8")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap added) {
                    heard.add("add " + added.getMetadata().getName());
                  }

                  @Override
                  public void onUpdate(ConfigMap old, ConfigMap now) {
                    heard.add("update " + now.getData().get("value"));
                  }

                  @Override
                  public void onDelete(ConfigMap gone, boolean unknown) {
                    heard.add("delete " + gone.getMetadata().getName());
                  }
                })) {
      assertThat(informer.hasSynced()).isTrue();
      ConfigMap made = client.resource(configMap("after", "1")).create();
      client.resource(new ConfigMapBuilder(made).addToData("value", "2").build()).update();
      client.resource(made).delete();
      await()
          .untilAsserted(() ->
              assertThat(heard)
                  .containsExactly("add before", "add after", "update 2", "delete after"));
      assertThat(informer.getStore().list()).hasSize(1);
    }
  }

  @Test
  void aWatchReportsInOrder() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Watcher<ConfigMap> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap object) {
            seen.add(action + " " + object.getMetadata().getName());
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("closed " + cause);
          }
        };
    try (Watch _ = client.configMaps().inNamespace(namespace).withName("one").watch(watcher)) {
      client.resource(configMap("one", "1")).create();
      client.resource(configMap("other", "1")).create();
      client.configMaps().inNamespace(namespace).withName("one").delete();
      await().untilAsserted(() -> assertThat(seen).containsExactly("ADDED one", "DELETED one"));
    }
  }

  @Test
  void aServiceGetsItsAddresses() {
    var service =
        client
            .resource(
                new ServiceBuilder()
                    .withNewMetadata()
                    .withName("web")
                    .withNamespace(namespace)
                    .endMetadata()
                    .withNewSpec()
                    .withType("NodePort")
                    .withSelector(Map.of("app", "web"))
                    .addNewPort()
                    .withPort(80)
                    .withTargetPort(new IntOrString("http"))
                    .endPort()
                    .endSpec()
                    .build())
            .create();
    assertThat(service.getSpec().getClusterIP()).startsWith("10.96.");
    assertThat(service.getSpec().getPorts().getFirst().getNodePort()).isBetween(30000, 32767);
  }

  @Test
  void whatIsWrongIsNamedByItsField() {
    assertThatThrownBy(() -> client.resource(deployment("nginx", -1)).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(422);
              assertThat(e.getStatus().getDetails().getCauses())
                  .extracting(c -> c.getField())
                  .containsExactly("spec.replicas");
            });
  }
}
