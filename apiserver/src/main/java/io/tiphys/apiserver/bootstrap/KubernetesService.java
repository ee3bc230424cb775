package io.tiphys.apiserver.bootstrap;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * How pods find the API server: the service {@code default/kubernetes} with its Endpoints and
 * EndpointSlice, and the ServiceCIDR {@code kubernetes} that its cluster IP comes from.
 */
public final class KubernetesService {
  private static final String NAME = "kubernetes";
  private static final String NAMESPACE = "default";
  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");
  private static final GroupResource SLICES =
      new GroupResource("discovery.k8s.io", "endpointslices");
  private static final GroupResource CIDRS = new GroupResource("networking.k8s.io", "servicecidrs");

  private final StoredObjects objects;
  private final Ensure ensure;
  private final Options options;
  private final InstantSource clock;

  /**
   * What the service looks like.
   *
   * @param serviceCidrs {@code --service-cidr}: one range, or one of each IP family
   * @param clusterIp an address in the first range, by custom its first
   * @param advertiseAddress where this server can be reached ({@code --advertise-address})
   * @param port the secure port
   * @param servers how many API servers the cluster has ({@code --apiserver-count}): addresses
   *     beyond that are of servers that are gone and are removed
   */
  public record Options(
      List<String> serviceCidrs, String clusterIp, String advertiseAddress, int port, int servers) {
    public Options {
      serviceCidrs = List.copyOf(serviceCidrs);
      if (servers < 1) {
        throw new IllegalArgumentException("servers must be at least 1, not " + servers);
      }
    }
  }

  public KubernetesService(StoredObjects objects, Options options, InstantSource clock) {
    this.objects = objects;
    this.ensure = new Ensure(objects);
    this.options = options;
    this.clock = clock;
  }

  /**
   * Makes what is missing and adds this server's address; idempotent. A loopback address, which a
   * host without a network has, is no pod's way here: then the service has no endpoints.
   */
  public void reconcile() {
    serviceCidr();
    service();
    if (!InetAddress.ofLiteral(options.advertiseAddress).isLoopbackAddress()) {
      endpoints();
      endpointSlice();
    }
  }

  private void serviceCidr() {
    ensure.exists(
        CIDRS,
        "",
        JsonObject.of(
            "metadata",
            JsonObject.of("name", NAME),
            "spec",
            JsonObject.of("cidrs", JsonArray.ofStrings(options.serviceCidrs))));
    JsonObject ready =
        JsonObject.of(
            "type",
            "Ready",
            "status",
            "True",
            "reason",
            "",
            "message",
            "Kubernetes default Service CIDR is ready",
            "lastTransitionTime",
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    objects
        .registry()
        .update(
            objects.type(CIDRS),
            "",
            NAME,
            "status",
            cidr ->
                cidr.object("status").has("conditions")
                    ? cidr
                    : cidr.withAt(JsonArray.of(ready), "status", "conditions"));
  }

  private void service() {
    JsonArray ports =
        JsonArray.of(
            JsonObject.of(
                "name", "https", "protocol", "TCP", "port", 443, "targetPort", options.port));
    JsonObject wanted =
        JsonObject.of(
            "metadata",
            JsonObject.of(
                "name",
                NAME,
                "namespace",
                NAMESPACE,
                "labels",
                JsonObject.of("component", "apiserver", "provider", "kubernetes")),
            "spec",
            JsonObject.of(
                "type",
                "ClusterIP",
                "clusterIP",
                options.clusterIp,
                "ipFamilyPolicy",
                "SingleStack",
                "sessionAffinity",
                "None",
                "ports",
                ports));
    ensure.existsAs(
        SERVICES,
        NAMESPACE,
        wanted,
        service ->
            service.object("spec").array("ports").equals(ports)
                ? service
                : service.withAt(ports, "spec", "ports"));
  }

  private void endpoints() {
    JsonObject wanted =
        JsonObject.of(
            "metadata",
            JsonObject.of(
                "name",
                NAME,
                "namespace",
                NAMESPACE,
                "labels",
                JsonObject.of("endpointslice.kubernetes.io/skip-mirror", "true")),
            "subsets",
            subsets(List.of(options.advertiseAddress)));
    ensure.existsAs(
        ENDPOINTS,
        NAMESPACE,
        wanted,
        existing -> {
          List<String> known =
              existing
                  .array("subsets")
                  .objects()
                  .flatMap(subset -> subset.array("addresses").objects())
                  .map(address -> address.string("ip"))
                  .toList();
          return existing.with("subsets", subsets(withOwn(known)));
        });
  }

  private JsonArray subsets(List<String> addresses) {
    return JsonArray.of(
        JsonObject.of(
            "addresses",
            JsonArray.of(addresses.stream().map(ip -> JsonObject.of("ip", ip)).toList()),
            "ports",
            ports()));
  }

  private void endpointSlice() {
    JsonObject wanted =
        JsonObject.of(
            "metadata",
            JsonObject.of(
                "name",
                NAME,
                "namespace",
                NAMESPACE,
                "labels",
                JsonObject.of("kubernetes.io/service-name", NAME)),
            "addressType",
            options.advertiseAddress.contains(":") ? "IPv6" : "IPv4",
            "endpoints",
            sliceEndpoints(List.of(options.advertiseAddress)),
            "ports",
            ports());
    ensure.existsAs(
        SLICES,
        NAMESPACE,
        wanted,
        existing -> {
          List<String> known =
              existing
                  .array("endpoints")
                  .objects()
                  .flatMap(endpoint -> endpoint.array("addresses").strings())
                  .toList();
          return existing.with("endpoints", sliceEndpoints(withOwn(known))).with("ports", ports());
        });
  }

  private static JsonArray sliceEndpoints(List<String> addresses) {
    return JsonArray.of(
        addresses.stream()
            .map(ip ->
                JsonObject.of(
                    "addresses",
                    JsonArray.ofStrings(List.of(ip)),
                    "conditions",
                    JsonObject.of("ready", true)))
            .toList());
  }

  private JsonArray ports() {
    return JsonArray.of(JsonObject.of("name", "https", "port", options.port, "protocol", "TCP"));
  }

  /** The known addresses and our own, sorted; of too many, those before ours go first. */
  private List<String> withOwn(List<String> known) {
    TreeSet<String> all = new TreeSet<>(known);
    all.add(options.advertiseAddress);
    List<String> kept = new ArrayList<>(all);
    while (kept.size() > options.servers) {
      kept.remove(kept.getFirst().equals(options.advertiseAddress) ? 1 : 0);
    }
    return kept;
  }
}
