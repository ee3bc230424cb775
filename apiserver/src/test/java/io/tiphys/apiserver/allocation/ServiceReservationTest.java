package io.tiphys.apiserver.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.resource.Reservation.Held;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import io.tiphys.store.Store;
import io.tiphys.store.memory.MemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceReservationTest {
  private final FakeRegistry registry = new FakeRegistry();
  private final Store store = new MemoryStore();
  private final SplittableRandom random = new SplittableRandom(42);
  private final NodePorts ports = new NodePorts(store, PortRange.parse("30000-30031"), random);
  private ServiceIps ips = ips("10.96.0.0/24");
  private ServiceReservation reservation = new ServiceReservation(ips, ports);

  @AfterEach
  void close() {
    store.close();
  }

  private ServiceIps ips(String... cidrs) {
    List<IpRange> ranges = List.of(cidrs).stream().map(IpRange::parse).toList();
    return new ServiceIps(registry, registry.catalog(), ranges, random);
  }

  private void dualStack() {
    ips = ips("10.96.0.0/24", "fd00:96::/108");
    reservation = new ServiceReservation(ips, ports);
  }

  private static JsonObject service(String name, String spec) {
    return JsonObject.of(
        "metadata", JsonObject.of("namespace", "default", "name", name),
        "spec", Json.parse(spec));
  }

  private JsonObject created(String name, String spec) {
    Held held = reservation.reserve(service(name, spec), null, false);
    held.commit();
    return held.object().object("spec");
  }

  private boolean taken(String address) {
    return registry
        .cached(registry.catalog().get("networking.k8s.io", "ipaddresses"), "", address)
        .isPresent();
  }

  @Test
  void aServiceGetsAnAddressOfTheRangeAndItsIpAddressObject() {
    JsonObject spec = created("a", "{\"type\":\"ClusterIP\",\"ports\":[{\"port\":80}]}");
    assertThat(spec.string("clusterIP")).startsWith("10.96.0.");
    assertThat(spec.array("clusterIPs").strings()).containsExactly(spec.string("clusterIP"));
    assertThat(spec.array("ipFamilies").strings()).containsExactly("IPv4");
    assertThat(spec.string("ipFamilyPolicy")).isEqualTo("SingleStack");
    JsonObject address =
        registry.get("networking.k8s.io", "ipaddresses", "", spec.string("clusterIP"));
    assertThat(address.object("spec").object("parentRef").string("name")).isEqualTo("a");
  }

  @Test
  void allAddressesAreGivenOutOnceAndThenTheRangeIsFull() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 254; i++) {
      all.add(created("s" + i, "{\"type\":\"ClusterIP\"}").string("clusterIP"));
    }
    assertThat(all).hasSize(254).doesNotContain("10.96.0.0", "10.96.0.255");
    assertThatThrownBy(() -> created("more", "{\"type\":\"ClusterIP\"}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("failed to allocate a serviceIP: range is full");
  }

  @Test
  void anAddressAskedForIsGivenOnce() {
    created("a", "{\"type\":\"ClusterIP\",\"clusterIP\":\"10.96.0.10\"}");
    assertThatThrownBy(() -> created("b", "{\"type\":\"ClusterIP\",\"clusterIP\":\"10.96.0.10\"}"))
        .hasMessage(
            "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.0.10\"]: failed to"
                + " allocate IP 10.96.0.10: provided IP is already allocated");
    assertThatThrownBy(() -> created("c", "{\"type\":\"ClusterIP\",\"clusterIP\":\"10.97.0.10\"}"))
        .hasMessageContaining("The range of valid IPs is 10.96.0.0/24");
  }

  @Test
  void nodePortsAreInRangeUniqueAndSharedBetweenProtocols() {
    JsonObject spec =
        created(
            "dns",
            "{\"type\":\"NodePort\",\"ports\":[{\"port\":53,\"protocol\":\"UDP\"},"
                + "{\"port\":53,\"protocol\":\"TCP\"},{\"port\":9153,\"protocol\":\"TCP\"}]}");
    List<Long> numbers = spec.array("ports").objects().map(p -> p.number("nodePort", 0)).toList();
    assertThat(numbers).allMatch(n -> n >= 30000 && n <= 30031);
    assertThat(numbers.get(0)).isEqualTo(numbers.get(1)).isNotEqualTo(numbers.get(2));
  }

  @Test
  void aTakenOrImpossibleNodePortIsRefusedAndNothingIsHeld() {
    created("a", "{\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":30002}]}");
    int before = ips.taken().size();
    assertThatThrownBy(() ->
            created("b", "{\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":30002}]}"))
        .hasMessageContaining(
            "spec.ports[0].nodePort: Invalid value: 30002: provided port is already allocated");
    assertThatThrownBy(
            () -> created("c", "{\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":80}]}"))
        .hasMessageContaining("The range of valid ports is 30000-30031");
    assertThat(ips.taken()).hasSize(before);
  }

  @Test
  void changingTheTypeGivesBackOnCommitAndNothingOnRollback() {
    JsonObject first =
        created("a", "{\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":30002}]}");
    JsonObject current = service("a", first.toString());
    JsonObject external = service("a", "{\"type\":\"ExternalName\",\"externalName\":\"x\"}");
    reservation.reserve(external, current, false).rollback();
    assertThat(taken(first.string("clusterIP"))).isTrue();
    reservation.reserve(external, current, false).commit();
    assertThat(taken(first.string("clusterIP"))).isFalse();
    assertThat(ports.taken()).isEmpty();
  }

  @Test
  void dryRunTakesNothing() {
    JsonObject spec =
        reservation
            .reserve(service("a", "{\"type\":\"NodePort\",\"ports\":[{\"port\":80}]}"), null, true)
            .object()
            .object("spec");
    assertThat(spec.string("clusterIP")).isNotEmpty();
    assertThat(ips.taken()).isEmpty();
    assertThat(ports.taken()).isEmpty();
  }

  @Test
  void dualStackServicesGetBothFamilies() {
    dualStack();
    JsonObject spec =
        created("a", "{\"type\":\"ClusterIP\",\"ipFamilyPolicy\":\"PreferDualStack\"}");
    assertThat(spec.array("ipFamilies").strings()).containsExactly("IPv4", "IPv6");
    assertThat(spec.array("clusterIPs").strings().toList().get(1)).startsWith("fd00:96::");
  }

  @Test
  void familiesThatTheClusterLacksAreRefused() {
    assertThatThrownBy(() -> created("a", "{\"type\":\"ClusterIP\",\"ipFamilies\":[\"IPv6\"]}"))
        .hasMessageContaining(
            "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster");
    assertThatThrownBy(
            () -> created("a", "{\"type\":\"ClusterIP\",\"ipFamilyPolicy\":\"RequireDualStack\"}"))
        .hasMessageContaining("this cluster is not configured for dual-stack services");
  }

  @Test
  void headlessServicesHoldNothing() {
    JsonObject spec =
        created("a", "{\"type\":\"ClusterIP\",\"clusterIP\":\"None\",\"selector\":{\"a\":\"b\"}}");
    assertThat(spec.array("clusterIPs").strings()).containsExactly("None");
    assertThat(ips.taken()).isEmpty();
  }

  @Test
  void repairTakesWhatServicesHoldAndFreesWhatNoneDoes() {
    registry.put(
        "",
        "services",
        service(
            "a",
            "{\"type\":\"NodePort\",\"clusterIPs\":[\"10.96.0.9\"],\"ports\":[{\"port\":1,\"nodePort\":30005}]}"));
    String leaked = ips.allocateNext(IpFamily.IPv4, "default", "gone", false);
    ports.allocate(30007, false);
    InstantSource later = InstantSource.fixed(Instant.parse("2026-01-01T01:00:00Z"));
    AllocationRepair repair = new AllocationRepair(registry, registry.catalog(), ips, ports, later);
    repair.run();
    repair.run();
    assertThat(taken("10.96.0.9")).isTrue();
    assertThat(taken(leaked)).isFalse();
    assertThat(ports.taken()).containsExactly(30005);
  }
}
