package io.tiphys.apiserver.catalog;

import io.tiphys.apiserver.kinds.core.CoreKinds;
import io.tiphys.apiserver.kinds.core.EventStrategy;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.Strategy;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** The behaviours of all built-in kinds, put together from the tables of their groups. */
public final class BuiltInKinds {
  private BuiltInKinds() {}

  /**
   * @param objects asked for at calls of actions: the registry is made after the catalog
   */
  public static Behaviours behaviours(Supplier<StoredObjects> objects, InstantSource clock) {
    Behaviours all = Behaviours.ofStrategies(CoreKinds.GROUP, CoreKinds.STRATEGIES);
    for (Map.Entry<String, Map<String, Strategy>> group :
        NamedGroups.strategies(clock).entrySet()) {
      all = all.and(Behaviours.ofStrategies(group.getKey(), group.getValue()));
    }
    all = all.and(Behaviours.ofStrategies("events.k8s.io", Map.of("events", EventStrategy.STRICT)));
    return all.and(Behaviours.ofActions(CoreKinds.actions(objects, clock)));
  }
}
