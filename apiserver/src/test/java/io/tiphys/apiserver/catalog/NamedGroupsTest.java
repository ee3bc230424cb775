package io.tiphys.apiserver.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Strategy;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedGroupsTest {
  private final Map<String, Map<String, Strategy>> strategies =
      NamedGroups.strategies(InstantSource.system());

  private BuiltInResources resources() {
    Behaviours behaviours = Behaviours.NONE;
    for (Map.Entry<String, Map<String, Strategy>> group : strategies.entrySet()) {
      behaviours = behaviours.and(Behaviours.ofStrategies(group.getKey(), group.getValue()));
    }
    return new BuiltInResources(_ -> null, behaviours);
  }

  @Test
  void everyStoredResourceAndItsStatusHasAStrategy() {
    for (ResourceType type : resources().all()) {
      if (!strategies.containsKey(type.kind().group()) || type.storagePrefix().isEmpty()) {
        continue;
      }
      assertThat(type.strategy()).as("%s", type.resource()).isNotSameAs(Strategy.NONE);
      type.subresources()
          .forEach((name, part) -> {
            if (name.equals("status") || name.equals("approval")) {
              assertThat(part.strategy())
                  .as("%s/%s", type.resource(), name)
                  .isNotSameAs(Strategy.NONE);
            }
          });
    }
  }

  @Test
  void strategiesBelongToResourcesThatAreServed() {
    BuiltInResources resources = resources();
    strategies.forEach((group, byName) ->
        byName.forEach((name, _) -> {
          String[] parts = name.split("/", -1);
          ResourceType type = resources.get(group, parts[0]);
          if (parts.length == 2) {
            assertThat(type.subresources()).as(name).containsKey(parts[1]);
          }
        }));
  }
}
