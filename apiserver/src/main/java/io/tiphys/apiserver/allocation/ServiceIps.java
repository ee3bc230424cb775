package io.tiphys.apiserver.allocation;

import io.tiphys.apiserver.registry.Registry;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Cluster IPs. An address is taken by whoever creates the {@code IPAddress} object of its name
 * (KEP-1880), so several API servers never give out the same one. Addresses come from the server's
 * own ranges and from {@code ServiceCIDR} objects that are ready.
 */
public final class ServiceIps {
  private static final String FAMILY_LABEL = "ipaddress.kubernetes.io/ip-family";
  private static final String MANAGED_BY_LABEL = "ipaddress.kubernetes.io/managed-by";
  private static final String MANAGER = "ipallocator.k8s.io";
  private static final int RANDOM_TRIES = 32;

  private final Registry registry;
  private final ResourceType addresses;
  private final ResourceType cidrs;
  private final List<IpRange> own;
  private final RandomGenerator random;

  /**
   * @param own the server's ranges: one, or one of each family; the first is the default family
   */
  public ServiceIps(
      Registry registry, ResourceCatalog catalog, List<IpRange> own, RandomGenerator random) {
    this.registry = registry;
    this.addresses = catalog.get("networking.k8s.io", "ipaddresses");
    this.cidrs = catalog.get("networking.k8s.io", "servicecidrs");
    this.own = List.copyOf(own);
    this.random = random;
  }

  /** The families of the server's ranges, the default one first. */
  List<IpFamily> families() {
    return own.stream().map(IpRange::family).distinct().toList();
  }

  /** Takes any free address of a family for a service. */
  String allocateNext(IpFamily family, String namespace, String service, boolean dryRun) {
    for (IpRange range : ranges().filter(r -> r.family() == family).toList()) {
      long size = range.hosts();
      long lower = staticBand(size);
      for (int i = 0; i < RANDOM_TRIES; i++) {
        long host = 1 + lower + random.nextLong(size - lower);
        if (tryTake(range.address(host), namespace, service, dryRun)) {
          return range.address(host);
        }
      }
      for (long i = 0; i < size; i++) {
        long host = 1 + (lower + i) % size;
        if (tryTake(range.address(host), namespace, service, dryRun)) {
          return range.address(host);
        }
      }
    }
    throw new AllocationException("range is full");
  }

  /**
   * Takes an address that the service asks for.
   *
   * @throws AllocationException if it lies outside all ranges or is taken
   */
  void allocate(String address, String namespace, String service, boolean dryRun) {
    if (ranges().noneMatch(r -> r.contains(address))) {
      String valid = String.join(",", own.stream().map(IpRange::toString).toList());
      throw new AllocationException(
          "the provided IP ("
              + address
              + ") is not in the valid range. The range of valid IPs is "
              + valid);
    }
    if (!tryTake(address, namespace, service, dryRun)) {
      throw new AllocationException("provided IP is already allocated");
    }
  }

  void release(String address) {
    try {
      registry.delete(addresses, "", IpRange.canonical(address));
    } catch (ApiException e) {
      if (!e.is(Reason.NOT_FOUND)) {
        throw e;
      }
    }
  }

  /** The lower part of a range is left to addresses chosen by hand (KEP-3070). */
  private static long staticBand(long size) {
    long band = Math.min(Math.max(16, size / 16), 256);
    return size <= 16 ? 0 : Math.min(band, size - 1);
  }

  private Stream<IpRange> ranges() {
    Stream<IpRange> added =
        registry.cached(cidrs, "").stream()
            .filter(ServiceIps::ready)
            .flatMap(c -> c.object("spec").array("cidrs").strings())
            .map(IpRange::parse)
            .filter(r -> own.stream().noneMatch(o -> o.toString().equals(r.toString())));
    return Stream.concat(own.stream(), added);
  }

  private static boolean ready(JsonObject cidr) {
    return !cidr.object("metadata").has("deletionTimestamp")
        && cidr.object("status")
            .array("conditions")
            .objects()
            .anyMatch(c -> c.string("type").equals("Ready") && c.string("status").equals("True"));
  }

  private boolean tryTake(String address, String namespace, String service, boolean dryRun) {
    String name = IpRange.canonical(address);
    if (registry.cached(addresses, "", name).isPresent()) {
      return false;
    }
    if (dryRun) {
      return true;
    }
    try {
      registry.create(addresses, "", object(name, namespace, service));
      return true;
    } catch (ApiException e) {
      if (e.is(Reason.ALREADY_EXISTS)) {
        return false;
      }
      throw e;
    }
  }

  private static JsonObject object(String address, String namespace, String service) {
    return JsonObject.of(
        "apiVersion",
        "networking.k8s.io/v1",
        "kind",
        "IPAddress",
        "metadata",
        JsonObject.of(
            "name",
            address,
            "labels",
            JsonObject.of(FAMILY_LABEL, IpFamily.of(address).name(), MANAGED_BY_LABEL, MANAGER)),
        "spec",
        JsonObject.of(
            "parentRef",
            JsonObject.of(
                "group", "", "resource", "services", "namespace", namespace, "name", service)));
  }

  /** Takes an address for the service that has it already, if nobody does: repair. */
  void adopt(String address, String namespace, String service) {
    tryTake(address, namespace, service, false);
  }

  /** All addresses taken by services. */
  List<JsonObject> taken() {
    return registry.cached(addresses, "").stream()
        .filter(a -> a.object("metadata").object("labels").string(MANAGED_BY_LABEL).equals(MANAGER))
        .toList();
  }
}
