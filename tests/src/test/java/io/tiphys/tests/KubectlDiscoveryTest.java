package io.tiphys.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What kubectl finds out about the server before it works with it. */
@KubectlTest
class KubectlDiscoveryTest {
  private final KubectlVersion version;
  private Kubectl kubectl;

  KubectlDiscoveryTest(KubectlVersion version) {
    this.version = version;
  }

  @BeforeEach
  void prepare(Cluster cluster) {
    kubectl = Kubectl.of(version, cluster);
  }

  @Test
  void version() {
    assertThat(kubectl.ok("version", "-o", "json"))
        .contains("\"serverVersion\"", "\"minor\": \"36\"", "\"gitVersion\": \"v1.36.");
  }

  @Test
  void clusterInfo() {
    assertThat(kubectl.ok("cluster-info")).contains("is running at", "https://127.0.0.1:");
  }

  @Test
  void apiVersions() {
    assertThat(kubectl.ok("api-versions").lines())
        .contains("v1", "apps/v1", "batch/v1", "autoscaling/v2", "resource.k8s.io/v1")
        .contains("extensions/v1beta1", "rbac.authorization.k8s.io/v1beta1");
  }
}
