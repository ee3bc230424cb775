package io.tiphys.apiserver.kinds.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvictionTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
  private static final GroupResource PODS = new GroupResource("", "pods");

  private final FakeRegistry registry = new FakeRegistry();
  private final Action action = CoreKinds.actions(registry::stored, CLOCK).get("pods/eviction");

  private void pod(String phase, boolean ready) {
    registry.put(
        "",
        "pods",
        """
        {"metadata": {"name": "web-1", "namespace": "ns", "labels": {"app": "web"}},
         "spec": {"nodeName": "n1"},
         "status": {"phase": "%s", "conditions": [{"type": "Ready", "status": "%s"}]}}
        """
            .formatted(phase, ready ? "True" : "False"));
  }

  private void budget(String name, int allowed, int healthy, int desired, String policy) {
    registry.put(
        "policy",
        "poddisruptionbudgets",
        """
        {"metadata": {"name": "%s", "namespace": "ns", "generation": 1},
         "spec": {"selector": {"matchLabels": {"app": "web"}},
                  "unhealthyPodEvictionPolicy": "%s"},
         "status": {"observedGeneration": 1, "disruptionsAllowed": %d, "currentHealthy": %d,
                    "desiredHealthy": %d}}
        """
            .formatted(name, policy, allowed, healthy, desired));
  }

  private JsonObject evict(boolean dryRun) {
    JsonObject body = JsonObject.of("metadata", JsonObject.of("name", "web-1"));
    return action.call(Calls.create(registry, PODS, "ns", "web-1", body, dryRun));
  }

  private boolean podExists() {
    return registry.stored().get(PODS, "ns", "web-1").isPresent();
  }

  private JsonObject budgetStatus() {
    return registry.get("policy", "poddisruptionbudgets", "ns", "b").object("status");
  }

  @Test
  void withoutBudgetThePodIsDeleted() {
    pod("Running", true);
    JsonObject answer = evict(false);
    assertThat(answer.string("status")).isEqualTo("Success");
    assertThat(answer.number("code", 0)).isEqualTo(201);
    assertThat(podExists()).isFalse();
  }

  @Test
  void aBudgetIsSpentAndRemembersThePod() {
    pod("Running", true);
    budget("b", 1, 3, 2, "IfHealthyBudget");
    evict(false);
    assertThat(podExists()).isFalse();
    assertThat(budgetStatus().number("disruptionsAllowed", -1)).isZero();
    assertThat(budgetStatus().object("disruptedPods").string("web-1"))
        .isEqualTo("2026-03-01T10:00:00Z");
    assertThat(budgetStatus().array("conditions").objects().findFirst().orElseThrow())
        .satisfies(c -> assertThat(c.string("reason")).isEqualTo("InsufficientPods"));
  }

  @Test
  void anExhaustedBudgetRefuses() {
    pod("Running", true);
    budget("b", 0, 2, 2, "IfHealthyBudget");
    assertThatThrownBy(() -> evict(false))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(429);
              assertThat(e)
                  .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");
              assertThat(e.status().object("details").toString())
                  .isEqualTo(
                      "{\"causes\":[{\"message\":\"The disruption budget b needs 2 healthy pods and"
                          + " has 2 currently\",\"reason\":\"DisruptionBudget\"}]}");
            });
    assertThat(podExists()).isTrue();
  }

  @Test
  void aBudgetNotYetProcessedAsksToWait() {
    pod("Running", true);
    budget("b", 5, 3, 2, "IfHealthyBudget");
    registry.put(
        "policy",
        "poddisruptionbudgets",
        registry
            .get("policy", "poddisruptionbudgets", "ns", "b")
            .withAt(JsonNumber.of(2), "metadata", "generation"));
    assertThatThrownBy(() -> evict(false))
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.status().object("details").number("retryAfterSeconds", 0))
                    .isEqualTo(10));
  }

  @ParameterizedTest
  @CsvSource({
    "Running, IfHealthyBudget, 3, 2, true",
    "Running, IfHealthyBudget, 1, 2, false",
    "Running, AlwaysAllow, 1, 2, true",
    "Pending, IfHealthyBudget, 1, 2, true",
    "Failed, IfHealthyBudget, 1, 2, true",
  })
  void unhealthyPods(String phase, String policy, int healthy, int desired, boolean goes) {
    pod(phase, false);
    budget("b", 0, healthy, desired, policy);
    if (goes) {
      evict(false);
    } else {
      assertThatThrownBy(() -> evict(false)).isInstanceOf(ApiException.class);
    }
    assertThat(podExists()).isNotEqualTo(goes);
    assertThat(budgetStatus().object("disruptedPods")).isEqualTo(JsonObject.EMPTY);
  }

  @Test
  void twoBudgetsAreNotSupported() {
    pod("Running", true);
    budget("a", 1, 3, 2, "AlwaysAllow");
    budget("b", 1, 3, 2, "AlwaysAllow");
    assertThatThrownBy(() -> evict(false))
        .hasMessage(
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                + " not support.")
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(500));
  }

  @Test
  void aDryRunSpendsNothing() {
    pod("Running", true);
    budget("b", 1, 3, 2, "IfHealthyBudget");
    evict(true);
    assertThat(budgetStatus().number("disruptionsAllowed", -1)).isEqualTo(1);
  }

  @Test
  void noSuchPod() {
    assertThatThrownBy(() -> evict(false)).hasMessage("pods \"web-1\" not found");
  }
}
