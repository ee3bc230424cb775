package io.tiphys.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.ReleaseHistory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A small chart through Helm: install, upgrade, rollback of a failed upgrade, uninstall. */
@ExtendWith(SharedCluster.class)
class HelmTest {
  private static final String RELEASE = "hi";

  private final Cluster cluster;
  private final String namespace;
  private KubernetesClient client;
  private Helm chart;

  HelmTest(Cluster cluster) {
    this.cluster = cluster;
    this.namespace = cluster.newNamespace("helm");
  }

  @BeforeEach
  void open() throws URISyntaxException {
    client = new KubernetesClientBuilder().withConfig(cluster.config()).build();
    chart = new Helm(Path.of(Objects.requireNonNull(HelmTest.class.getResource("chart")).toURI()));
  }

  @AfterEach
  void close() {
    client.close();
  }

  private Release install() {
    return chart
        .install()
        .withName(RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(cluster.kubeconfig())
        .call();
  }

  private String text() {
    return client
        .configMaps()
        .inNamespace(namespace)
        .withName(RELEASE + "-greeting")
        .get()
        .getData()
        .get("text");
  }

  private List<ReleaseHistory> history() {
    return Helm.history(RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(cluster.kubeconfig())
        .call();
  }

  @Test
  void installsUpgradesAndUninstalls() {
    assertThat(install().getStatus()).isEqualTo("deployed");
    assertThat(text()).isEqualTo("hello");
    assertThat(client.services().inNamespace(namespace).withName(RELEASE).get().getSpec())
        .satisfies(spec -> assertThat(spec.getClusterIP()).isNotBlank());

    Release upgraded =
        chart
            .upgrade()
            .withName(RELEASE)
            .withNamespace(namespace)
            .withKubeConfig(cluster.kubeconfig())
            .set("text", "welcome")
            .set("replicas", 3)
            .call();
    assertThat(upgraded.getRevision()).isEqualTo("2");
    assertThat(text()).isEqualTo("welcome");
    assertThat(client.apps().deployments().inNamespace(namespace).withName(RELEASE).get().getSpec())
        .satisfies(spec -> assertThat(spec.getReplicas()).isEqualTo(3));
    assertThat(history()).hasSize(2);

    Helm.uninstall(RELEASE).withNamespace(namespace).withKubeConfig(cluster.kubeconfig()).call();
    assertThat(client.services().inNamespace(namespace).list().getItems()).isEmpty();
    assertThat(client.apps().deployments().inNamespace(namespace).list().getItems()).isEmpty();
  }

  /** Without a workload, since Helm waits for pods while it rolls back and none run here. */
  @Test
  void aRefusedUpgradeIsRolledBack() {
    chart
        .install()
        .withName(RELEASE)
        .withNamespace(namespace)
        .withKubeConfig(cluster.kubeconfig())
        .set("workload", false)
        .call();
    assertThatThrownBy(() ->
            chart
                .upgrade()
                .withName(RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(cluster.kubeconfig())
                .set("workload", false)
                .set("text", "broken")
                .set("serviceType", "Nonsense")
                .atomic()
                .call())
        .hasMessageContaining("spec.type: Unsupported value: \"Nonsense\"");
    assertThat(text()).isEqualTo("hello");
    assertThat(history().getLast().getDescription()).isEqualTo("Rollback to 1");
  }
}
