package io.tiphys.apiserver.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tiphys.apiserver.authorization.AggregatedRoles;
import io.tiphys.apiserver.registry.FakeRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private static final String RBAC = "rbac.authorization.k8s.io";

  @Test
  void aggregatedRolesFollowTheirParts() {
    FakeRegistry registry = new FakeRegistry();
    KubernetesService service =
        new KubernetesService(
            registry.stored(),
            new KubernetesService.Options(
                List.of("10.96.0.0/16"), "10.96.0.1", "192.0.2.1", 6443, 1),
            () -> Instant.EPOCH);
    FirstObjects first =
        new FirstObjects(
            registry.stored(), RbacDefaults.load(), service, () -> "", () -> Instant.EPOCH);
    first.run();
    AggregatedRoles roles = new AggregatedRoles(registry.stored());
    try (Upkeep _ = Upkeep.start(roles, service, first)) {
      registry.put(
          RBAC,
          "clusterroles",
          """
          {"metadata": {"name": "crontabs", "labels":
              {"rbac.authorization.k8s.io/aggregate-to-view": "true"}},
           "rules": [{"verbs": ["get"], "apiGroups": ["x.io"], "resources": ["crontabs"]}]}
          """);
      await()
          .untilAsserted(() -> {
            for (String role : List.of("view", "edit", "admin")) {
              assertThat(
                      registry
                          .get(RBAC, "clusterroles", "", role)
                          .array("rules")
                          .objects()
                          .flatMap(rule -> rule.array("resources").strings()))
                  .contains("crontabs");
            }
          });
    }
  }
}
