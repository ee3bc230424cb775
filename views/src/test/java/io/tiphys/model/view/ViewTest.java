package io.tiphys.model.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.view.apps.v1.Deployment;
import io.tiphys.model.view.core.v1.Container;
import io.tiphys.model.view.core.v1.Pod;
import io.tiphys.model.view.core.v1.PodSpec;
import io.tiphys.model.view.core.v1.ResourceRequirements;
import io.tiphys.model.view.core.v1.Secret;
import io.tiphys.model.view.meta.v1.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewTest {
  @Test
  void readsFields() {
    Pod pod =
        new Pod(
            json(
                """
                {"metadata": {"name": "p", "labels": {"a": "b"},
                   "creationTimestamp": "2026-01-31T09:05:00Z"},
                 "spec": {"priority": 0, "hostNetwork": true, "containers": [{"name": "c",
                   "resources": {"limits": {"cpu": "500m"}}, "livenessProbe": {"periodSeconds": 5}}]}}
                """));
    assertThat(pod.metadata().name()).isEqualTo("p");
    assertThat(pod.metadata().labels()).isEqualTo(Map.of("a", "b"));
    assertThat(pod.metadata().creationTimestamp()).contains(Instant.parse("2026-01-31T09:05:00Z"));
    assertThat(pod.spec().hostNetwork()).isTrue();
    assertThat(pod.spec().priority()).hasValue(0);
    assertThat(pod.spec().terminationGracePeriodSeconds()).isEmpty();
    Container container = pod.spec().containers().get(0);
    assertThat(container.resources().limits()).containsEntry("cpu", Quantity.parse("0.5"));
    assertThat(container.hasLivenessProbe()).isTrue();
    assertThat(container.livenessProbe().periodSeconds()).isEqualTo(5);
    assertThat(container.hasStartupProbe()).isFalse();
  }

  @Test
  void absentFieldsReadAsNothing() {
    assertThat(Pod.EMPTY.spec().containers()).isEmpty();
    assertThat(Pod.EMPTY.spec().securityContext().windowsOptions().runAsUserName()).isEmpty();
    assertThat(Pod.EMPTY.status().phase()).isEmpty();
    assertThat(Pod.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void changesAreCopies() {
    Pod before = Pod.create().withMetadata(ObjectMeta.EMPTY.withName("p"));
    Pod after =
        before.withSpec(
            PodSpec.EMPTY.withContainers(
                List.of(
                    Container.EMPTY
                        .withName("c")
                        .withResources(
                            ResourceRequirements.EMPTY.withLimits(
                                Map.of("cpu", Quantity.ofMilli(500)))))));
    assertThat(before.hasSpec()).isFalse();
    assertThat(after.json())
        .isEqualTo(
            json(
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"},
                 "spec": {"containers": [{"name": "c", "resources": {"limits": {"cpu": "500m"}}}]}}
                """));
    assertThat(after.without("spec")).isEqualTo(before);
  }

  @Test
  void keepsWhatItDoesNotKnow() {
    Deployment deployment = new Deployment(json("{\"spec\": {\"later\": 1, \"replicas\": 1}}"));
    assertThat(deployment.withSpec(deployment.spec().withReplicas(2)).json())
        .isEqualTo(json("{\"spec\": {\"later\": 1, \"replicas\": 2}}"));
  }

  @Test
  void decodesBytes() {
    Secret secret = Secret.EMPTY.withData(Map.of("k", "v".getBytes(StandardCharsets.UTF_8)));
    assertThat(secret.json()).isEqualTo(json("{\"data\": {\"k\": \"dg==\"}}"));
    assertThat(secret.data().get("k")).isEqualTo(new byte[] {'v'});
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text);
  }
}
