package io.tiphys.apiserver.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Strategy;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BuiltInKindsTest {
  private final Behaviours behaviours =
      BuiltInKinds.behaviours(
          () -> {
            throw new AssertionError("no action is called");
          },
          InstantSource.system());
  private final BuiltInResources resources = new BuiltInResources(_ -> null, behaviours);

  @Test
  void everyEntryBelongsToAResource() {
    Set<String> known = new TreeSet<>();
    for (ResourceType type : resources.all()) {
      String name = type.resource().groupResource().toString();
      known.add(name);
      type.subresources().keySet().forEach(part -> known.add(name + "/" + part));
    }
    Set<String> entries = new TreeSet<>(behaviours.subresourceStrategies().keySet());
    entries.addAll(behaviours.actions().keySet());
    behaviours.strategies().keySet().forEach(resource -> entries.add(resource.toString()));
    assertThat(known).containsAll(entries);
  }

  @Test
  void everyStatusKeepsTheRestOfItsObject() {
    Set<String> without = new TreeSet<>();
    for (ResourceType type : resources.all()) {
      type.subresources().values().stream()
          .filter(part -> part.name().equals("status") && part.strategy() == Strategy.NONE)
          .forEach(_ -> without.add(type.stored().resource().groupResource().toString()));
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everyStoredKindHasRules() {
    Set<String> without = new TreeSet<>();
    for (ResourceType type : resources.all()) {
      if (type.storage() == null
          && !type.storagePrefix().isEmpty()
          && type.strategy() == Strategy.NONE) {
        without.add(type.resource().groupResource().toString());
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void shortNamesAndCategoriesAreOfTheGroupThatAKindLivesInToday() {
    for (ResourceType type : resources.all()) {
      if (type.resource().group().equals("extensions")) {
        assertThat(type.shortNames()).as(type.resource().toString()).isEmpty();
        assertThat(type.categories()).as(type.resource().toString()).isEmpty();
      }
    }
  }
}
