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
  public static final Behaviours NONE = new Behaviours(Map.of(), Map.of(), Map.of(), Map.of());

  public Behaviours {
    strategies = Map.copyOf(strategies);
    subresourceStrategies = Map.copyOf(subresourceStrategies);
    actions = Map.copyOf(actions);
    reservations = Map.copyOf(reservations);
  }

  /**
   * The strategies of a group.
   *
   * @param byName by {@code deployments} and {@code deployments/status}
   */
  public static Behaviours ofStrategies(String group, Map<String, Strategy> byName) {
    Map<GroupResource, Strategy> resources = new HashMap<>();
    Map<String, Strategy> parts = new HashMap<>();
    byName.forEach((name, strategy) -> {
      int slash = name.indexOf('/');
      if (slash < 0) {
        resources.put(new GroupResource(group, name), strategy);
      } else {
        GroupResource resource = new GroupResource(group, name.substring(0, slash));
        parts.put(resource + name.substring(slash), strategy);
      }
    });
    return new Behaviours(resources, parts, Map.of(), Map.of());
  }

  public static Behaviours ofActions(Map<String, Action> actions) {
    return new Behaviours(Map.of(), Map.of(), actions, Map.of());
  }

  public static Behaviours ofReservations(Map<GroupResource, Reservation> reservations) {
    return new Behaviours(Map.of(), Map.of(), Map.of(), reservations);
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
