package io.tiphys.apiserver.allocation;

import io.tiphys.apiserver.resource.Reservation;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives services their cluster IPs and node ports while they are written, and takes them back. */
public final class ServiceReservation implements Reservation {
  private final ServiceIps ips;
  private final NodePorts ports;
  private final IpFamilies families;

  public ServiceReservation(ServiceIps ips, NodePorts ports) {
    this.ips = ips;
    this.ports = ports;
    this.families = new IpFamilies(ips.families());
  }

  @Override
  public Held reserve(JsonObject updated, @Nullable JsonObject current, boolean dryRun) {
    Taken taken = new Taken(ips, ports, dryRun);
    FieldErrors errors = new FieldErrors();
    try {
      JsonObject spec = updated.object("spec");
      JsonObject before = current == null ? JsonObject.EMPTY : current.object("spec");
      spec = withAddresses(updated, spec, current == null ? null : before, taken, errors);
      if (errors.isEmpty()) {
        spec = new PortChoice(taken).apply(spec, before, errors);
      }
      if (!errors.isEmpty()) {
        throw ApiException.invalid("", "Service", name(updated), errors.list());
      }
      JsonObject object = updated.with("spec", spec);
      return new ServiceHeld(object, current, taken);
    } catch (RuntimeException e) {
      taken.giveBack();
      throw e;
    }
  }

  @Override
  public void release(JsonObject deleted) {
    addresses(deleted.object("spec")).forEach(ips::release);
    ports.release(PortChoice.used(deleted.object("spec")));
  }

  private static String name(JsonObject service) {
    return service.object("metadata").string("name");
  }

  /** The addresses that a service holds. */
  static List<String> addresses(JsonObject spec) {
    return spec.string("type").equals("ExternalName")
        ? List.of()
        : spec.array("clusterIPs")
            .strings()
            .filter(a -> !a.isEmpty() && !a.equals("None"))
            .toList();
  }

  private JsonObject withAddresses(
      JsonObject service,
      JsonObject asked,
      @Nullable JsonObject before,
      Taken taken,
      FieldErrors errors) {
    if (asked.string("type").equals("ExternalName")) {
      return asked.without("ipFamilies").without("ipFamilyPolicy");
    }
    JsonObject spec = families.decide(bothForms(asked), before, errors);
    if (!errors.isEmpty()) {
      return spec;
    }
    if (spec.string("clusterIP").equals("None")) {
      return spec.with("clusterIPs", JsonArray.of(JsonString.of("None")));
    }
    Set<String> held = new HashSet<>(before == null ? List.of() : addresses(before));
    String namespace = service.object("metadata").string("namespace");
    List<String> wanted = addresses(spec);
    List<IpFamily> kinds = spec.array("ipFamilies").strings().map(IpFamily::valueOf).toList();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      String address = i < wanted.size() ? wanted.get(i) : "";
      try {
        if (address.isEmpty()) {
          address = taken.nextAddress(kinds.get(i), namespace, name(service));
        } else if (!held.contains(address)) {
          taken.address(address, namespace, name(service));
        }
      } catch (AllocationException e) {
        JsonArray value = JsonArray.ofStrings(wanted);
        String what =
            address.isEmpty()
                ? "failed to allocate a serviceIP: "
                : "failed to allocate IP " + address + ": ";
        errors.invalid(FieldPath.of("spec", "clusterIPs"), value, what + e.getMessage());
        return spec;
      }
      addresses.add(address);
    }
    return spec.with("clusterIP", addresses.getFirst())
        .with("clusterIPs", JsonArray.ofStrings(addresses));
  }

  /** Clients may send {@code clusterIP} alone. */
  private static JsonObject bothForms(JsonObject spec) {
    String first = spec.string("clusterIP");
    return first.isEmpty() || !spec.array("clusterIPs").isEmpty()
        ? spec
        : spec.with("clusterIPs", JsonArray.of(JsonString.of(first)));
  }

  /** Ends a reservation. */
  private final class ServiceHeld implements Held {
    private final JsonObject object;
    private final @Nullable JsonObject before;
    private final Taken taken;

    ServiceHeld(JsonObject object, @Nullable JsonObject before, Taken taken) {
      this.object = object;
      this.before = before;
      this.taken = taken;
    }

    @Override
    public JsonObject object() {
      return object;
    }

    @Override
    public void commit() {
      if (before == null || taken.dryRun()) {
        return;
      }
      Set<String> kept = new HashSet<>(addresses(object.object("spec")));
      addresses(before.object("spec")).stream()
          .filter(a -> !kept.contains(a))
          .forEach(ips::release);
      Set<Integer> left = new HashSet<>(PortChoice.used(before.object("spec")));
      left.removeAll(PortChoice.used(object.object("spec")));
      ports.release(left);
    }

    @Override
    public void rollback() {
      taken.giveBack();
    }
  }
}
