package io.tiphys.apiserver.kinds;

import io.tiphys.apiserver.kinds.core.CoreKinds;
import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Defaults, errors and warnings of the core group's kinds, with what their schema adds. */
class CoreTablesTest {
  private static final Map<String, Strategy> CORE =
      CoreKinds.STRATEGIES.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> new WithSchema(e.getValue())));

  @TestFactory
  Stream<DynamicTest> tables() {
    return Stream.of("core.yaml", "pods.yaml")
        .flatMap(table -> KindTable.read(table).stream())
        .map(row ->
            DynamicTest.dynamicTest(
                row.resource() + " " + row.name(), () -> KindTablesTest.check(CORE, row)));
  }
}
