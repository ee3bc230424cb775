package io.tiphys.apiserver.allocation;

import io.tiphys.apiserver.registry.Registry;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes the pools agree with the services: what a service holds is taken, what no service holds is
 * free again. Runs at each start and now and then, since a crash can leave either half.
 */
public final class AllocationRepair {
  /** A younger address may belong to a service that is just being created. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Registry registry;
  private final ResourceType services;
  private final ServiceIps ips;
  private final NodePorts ports;
  private final InstantSource clock;

  /** Ports that no service held in the last round: a service may have been in the making. */
  private Set<Integer> idleBefore = Set.of();

  public AllocationRepair(
      Registry registry,
      ResourceCatalog catalog,
      ServiceIps ips,
      NodePorts ports,
      InstantSource clock) {
    this.registry = registry;
    this.services = catalog.get("", "services");
    this.ips = ips;
    this.ports = ports;
    this.clock = clock;
  }

  /** One round. Not for several threads at once. */
  public void run() {
    Set<String> held = new HashSet<>();
    Set<Integer> used = new HashSet<>();
    for (JsonObject service : registry.cached(services, "")) {
      JsonObject metadata = service.object("metadata");
      for (String address : ServiceReservation.addresses(service.object("spec"))) {
        held.add(IpRange.canonical(address));
        ips.adopt(address, metadata.string("namespace"), metadata.string("name"));
      }
      used.addAll(PortChoice.used(service.object("spec")));
    }
    ports.adopt(used);
    Set<Integer> idle = ports.taken();
    idle.removeAll(used);
    Set<Integer> leaked = new HashSet<>(idle);
    leaked.retainAll(idleBefore);
    ports.release(leaked);
    idleBefore = idle;
    for (JsonObject address : ips.taken()) {
      JsonObject metadata = address.object("metadata");
      Instant created = Instant.parse(metadata.string("creationTimestamp"));
      if (!held.contains(metadata.string("name"))
          && created.isBefore(clock.instant().minus(GRACE))) {
        ips.release(metadata.string("name"));
      }
    }
  }
}
