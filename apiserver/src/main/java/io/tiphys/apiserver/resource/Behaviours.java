package io.tiphys.apiserver.resource;

import io.tiphys.model.meta.GroupResource;
import java.util.HashMap;
import java.util.Map;

/**
 * What kinds do beyond their rows of data. Who has no entry here behaves as {@link Strategy#NONE}.
 *
 * @param strategies of resources
 * @param subresourceStrategies by {@code deployments.apps/status}, {@code pods/resize}
 * @param actions of resources and subresources that are computed: {@code
 *     tokenreviews.authentication.k8s.io}, {@code pods/binding}
 * @param reservations of what resources take from shared pools
 */
public record Behaviours(
    Map<GroupResource, Strategy> strategies,
    Map<String, Strategy> subresourceStrategies,
    Map<String, Action> actions,
    Map<GroupResource, Reservation> reservations) {
  public static final Behaviours NONE =
      new Behaviours(Map.of(), Map.of(), Map.of(), Map.of());

  public Behaviours {
    strategies = Map.copyOf(strategies);
    subresourceStrategies = Map.copyOf(subresourceStrategies);
    actions = Map.copyOf(actions);
    reservations = Map.copyOf(reservations);
  }

  /** These and others; where both have an entry the other's counts. */
  public Behaviours and(Behaviours other) {
    return new Behaviours(
        join(strategies, other.strategies),
        join(subresourceStrategies, other.subresourceStrategies),
        join(actions, other.actions),
        join(reservations, other.reservations));
  }

  private static <K, V> Map<K, V> join(Map<K, V> some, Map<K, V> more) {
    Map<K, V> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }
}
