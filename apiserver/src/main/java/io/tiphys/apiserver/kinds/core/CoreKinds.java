package io.tiphys.apiserver.kinds.core;

import static java.util.Map.entry;

import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.apiserver.resource.Strategy;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/** The kinds of the core group: how each behaves, by resource and subresource. */
public final class CoreKinds {

  /** The group's name in discovery and URLs. */
  public static final String GROUP = "";

  /** By {@code resource} or {@code resource/subresource}. */
  public static final Map<String, Strategy> STRATEGIES =
      Map.ofEntries(
          entry("configmaps", new ConfigMapStrategy()),
          entry("endpoints", new EndpointsStrategy()),
          entry("events", EventStrategy.CORE),
          entry("limitranges", new LimitRangeStrategy()),
          entry("namespaces", NamespaceStrategies.MAIN),
          entry("namespaces/finalize", NamespaceStrategies.FINALIZE),
          entry("namespaces/status", StatusStrategy.checked(NamespaceStrategies::status)),
          entry("nodes", new NodeStrategy()),
          entry("nodes/status", StatusStrategy.checked((node, _) -> NodeStrategy.status(node))),
          entry("persistentvolumeclaims", new ClaimStrategy()),
          entry(
              "persistentvolumeclaims/status",
              StatusStrategy.checked((claim, _) -> ClaimStrategy.status(claim))),
          entry("persistentvolumes", new PersistentVolumeStrategy()),
          entry("persistentvolumes/status", StatusStrategy.PLAIN),
          entry("pods", new PodStrategy()),
          entry("pods/binding", PodPartStrategies.BINDING),
          entry("pods/ephemeralcontainers", PodPartStrategies.EPHEMERAL_CONTAINERS),
          entry("pods/resize", PodPartStrategies.RESIZE),
          entry("pods/status", new PodStatusStrategy()),
          entry("podtemplates", new PodTemplateStrategy()),
          entry("replicationcontrollers", new ReplicationControllerStrategy()),
          entry(
              "replicationcontrollers/status",
              StatusStrategy.checked((rc, _) -> ReplicationControllerStrategy.status(rc))),
          entry("resourcequotas", new ResourceQuotaStrategy()),
          entry(
              "resourcequotas/status",
              StatusStrategy.checked((quota, _) -> ResourceQuotaStrategy.status(quota))),
          entry("secrets", new SecretStrategy()),
          entry("serviceaccounts", new ServiceAccountStrategy()),
          entry("services", new ServiceStrategy()),
          entry("services/status", StatusStrategy.PLAIN));

  private CoreKinds() {}

  /**
   * What is computed rather than stored, by {@code resource} or {@code resource/subresource}.
   *
   * @param objects asked for at calls: the registry is made after the actions
   */
  public static Map<String, Action> actions(Supplier<StoredObjects> objects, InstantSource clock) {
    Action binding = new BindingAction(objects, clock);
    return Map.of(
        "bindings",
        binding,
        "pods/binding",
        binding,
        "pods/eviction",
        new EvictionAction(objects, clock));
  }
}
