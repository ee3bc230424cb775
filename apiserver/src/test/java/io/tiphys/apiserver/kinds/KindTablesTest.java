package io.tiphys.apiserver.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.kinds.apps.AppsKinds;
import io.tiphys.apiserver.kinds.autoscaling.AutoscalingKinds;
import io.tiphys.apiserver.kinds.batch.BatchKinds;
import io.tiphys.apiserver.kinds.certificates.CertificatesKinds;
import io.tiphys.apiserver.kinds.coordination.CoordinationKinds;
import io.tiphys.apiserver.kinds.discovery.DiscoveryKinds;
import io.tiphys.apiserver.kinds.networking.NetworkingKinds;
import io.tiphys.apiserver.kinds.node.NodeKinds;
import io.tiphys.apiserver.kinds.policy.PolicyKinds;
import io.tiphys.apiserver.kinds.rbac.RbacKinds;
import io.tiphys.apiserver.kinds.resource.ResourceKinds;
import io.tiphys.apiserver.kinds.scheduling.SchedulingKinds;
import io.tiphys.apiserver.kinds.storage.StorageKinds;
import io.tiphys.apiserver.resource.Strategy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Defaults, errors and warnings of the kinds, by the tables in {@code resources/kinds}. */
class KindTablesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z"));

  private static final Map<String, Map<String, Strategy>> TABLES =
      Map.ofEntries(
          Map.entry("apps.yaml", AppsKinds.STRATEGIES),
          Map.entry("batch.yaml", BatchKinds.STRATEGIES),
          Map.entry("autoscaling.yaml", AutoscalingKinds.STRATEGIES),
          Map.entry("storage.yaml", StorageKinds.STRATEGIES),
          Map.entry("certificates.yaml", CertificatesKinds.strategies(CLOCK)),
          Map.entry("coordination.yaml", CoordinationKinds.STRATEGIES),
          Map.entry("discovery.yaml", DiscoveryKinds.STRATEGIES),
          Map.entry("networking.yaml", NetworkingKinds.STRATEGIES),
          Map.entry("node.yaml", NodeKinds.STRATEGIES),
          Map.entry("policy.yaml", PolicyKinds.STRATEGIES),
          Map.entry("rbac.yaml", RbacKinds.STRATEGIES),
          Map.entry("resource.yaml", ResourceKinds.STRATEGIES),
          Map.entry("scheduling.yaml", SchedulingKinds.STRATEGIES));

  @TestFactory
  Stream<DynamicTest> tables() {
    return TABLES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(table ->
            KindTable.read(table.getKey()).stream()
                .map(row ->
                    DynamicTest.dynamicTest(
                        row.resource() + " " + row.name(), () -> check(table.getValue(), row))));
  }

  static void check(Map<String, Strategy> strategies, KindTable.Case row) {
    Strategy strategy =
        Objects.requireNonNull(strategies.get(row.resource()), () -> "no " + row.resource());
    KindTable.Outcome outcome = KindTable.run(strategy, row);
    assertThat(outcome.errors()).containsExactlyInAnyOrderElementsOf(row.errors());
    assertThat(outcome.warnings())
        .containsExactlyElementsOf(row.row().array("warnings").strings().toList());
    row.row()
        .object("becomes")
        .forEach((path, value) -> {
          if (value.isZero() && value.typeName().equals("null")) {
            assertThat(KindTable.at(outcome.object(), path)).as(path).isNull();
          } else {
            assertThat(KindTable.at(outcome.object(), path)).as(path).isEqualTo(value);
          }
        });
  }
}
