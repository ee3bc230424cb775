package io.tiphys.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.ProtoClient;
import io.kubernetes.client.ProtoClient.ObjectOrStatus;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.proto.Meta.ObjectMeta;
import io.kubernetes.client.proto.V1.ConfigMap;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program on the official Java client: JSON, protobuf, informers. */
@ExtendWith(SharedCluster.class)
class JavaClientTest {
  private final Cluster cluster;
  private final String namespace;
  private ApiClient client;
  private CoreV1Api core;

  JavaClientTest(Cluster cluster) {
    this.cluster = cluster;
    this.namespace = cluster.newNamespace("java");
  }

  @BeforeEach
  void open() throws IOException {
    client = Config.fromConfig(cluster.kubeconfig().toString());
    client.setReadTimeout(0);
    core = new CoreV1Api(client);
  }

  private V1ConfigMap configMap(String name, String value) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().name(name).namespace(namespace))
        .data(Map.of("value", value));
  }

  @Test
  void createsReadsReplacesAndDeletes() throws Exception {
    V1ConfigMap created =
        core.createNamespacedConfigMap(namespace, configMap("one", "1")).execute();
    created.setData(Map.of("value", "2"));
    V1ConfigMap replaced = core.replaceNamespacedConfigMap("one", namespace, created).execute();
    assertThat(replaced.getData()).containsEntry("value", "2");
    assertThatThrownBy(() -> core.replaceNamespacedConfigMap("one", namespace, created).execute())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    core.deleteNamespacedConfigMap("one", namespace).execute();
    assertThatThrownBy(() -> core.readNamespacedConfigMap("one", namespace).execute())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }

  @Test
  void speaksProtobuf() throws Exception {
    ProtoClient proto = new ProtoClient(client);
    String path = "/api/v1/namespaces/" + namespace + "/configmaps";
    ConfigMap asked =
        ConfigMap.newBuilder()
            .setMetadata(ObjectMeta.newBuilder().setName("binary").setNamespace(namespace))
            .putData("value", "1")
            .build();
    ObjectOrStatus<ConfigMap> created = proto.create(asked, path, "v1", "ConfigMap");
    assertThat(created.object.getMetadata().getUid()).isNotBlank();
    ObjectOrStatus<ConfigMap> read = proto.get(ConfigMap.newBuilder(), path + "/binary");
    assertThat(read.object.getDataMap()).containsEntry("value", "1");
    assertThat(core.readNamespacedConfigMap("binary", namespace).execute().getData())
        .containsEntry("value", "1");
    ObjectOrStatus<ConfigMap> again = proto.create(asked, path, "v1", "ConfigMap");
    assertThat(again.status.getReason()).isEqualTo("AlreadyExists");
  }

  @Test
  void anInformerHearsOfEveryChange() {
    List<String> heard = new CopyOnWriteArrayList<>();
    SharedInformerFactory factory = new SharedInformerFactory(client);
    GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> api =
        new GenericKubernetesApi<>(
            V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
    SharedIndexInformer<V1ConfigMap> informer =
        factory.sharedIndexInformerFor(api, V1ConfigMap.class, 0, namespace);
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(V1ConfigMap added) {
            heard.add("add " + added.getMetadata().getName());
          }

          @Override
          public void onUpdate(V1ConfigMap old, V1ConfigMap now) {
            heard.add("update " + now.getData().get("value"));
          }

          @Override
          public void onDelete(V1ConfigMap gone, boolean unknown) {
            heard.add("delete " + gone.getMetadata().getName());
          }
        });
    factory.startAllRegisteredInformers();
    try {
      await().until(informer::hasSynced);
      V1ConfigMap made = api.create(configMap("one", "1")).getObject();
      made.setData(Map.of("value", "2"));
      assertThat(api.update(made).isSuccess()).isTrue();
      assertThat(api.delete(namespace, "one").isSuccess()).isTrue();
      await()
          .untilAsserted(
              () -> assertThat(heard).containsExactly("add one", "update 2", "delete one"));
    } finally {
      factory.stopAllRegisteredInformers();
    }
  }
}
