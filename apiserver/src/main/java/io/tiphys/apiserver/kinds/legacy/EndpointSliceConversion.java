package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.Trees.changeEach;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.JsonObject;

/**
 * EndpointSlices of {@code discovery.k8s.io/v1beta1}: an endpoint's node and zone are entries of a
 * {@code topology} map, which {@code v1} keeps as {@code deprecatedTopology} without the zone.
 */
final class EndpointSliceConversion implements Conversion {
  private static final String HOST = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";

  @Override
  public JsonObject toStorage(JsonObject served) {
    return changeEach(served, "endpoints", EndpointSliceConversion::endpointToV1);
  }

  @Override
  public JsonObject fromStorage(JsonObject stored) {
    return changeEach(stored, "endpoints", EndpointSliceConversion::endpointFromV1);
  }

  private static JsonObject endpointToV1(JsonObject endpoint) {
    JsonObject topology = endpoint.object("topology");
    JsonObject result = endpoint.without("topology");
    if (topology.has(ZONE)) {
      result = result.with("zone", topology.string(ZONE));
    }
    JsonObject rest = topology.without(ZONE);
    if (rest.has(HOST) && !endpoint.has("nodeName")) {
      result = result.with("nodeName", rest.string(HOST));
    }
    if (rest.string(HOST).equals(result.string("nodeName"))) {
      rest = rest.without(HOST);
    }
    return rest.isEmpty() ? result : result.with("deprecatedTopology", rest);
  }

  private static JsonObject endpointFromV1(JsonObject endpoint) {
    JsonObject topology = endpoint.object("deprecatedTopology");
    if (endpoint.has("zone")) {
      topology = topology.with(ZONE, endpoint.string("zone"));
    }
    if (endpoint.has("nodeName") && !topology.has(HOST)) {
      topology = topology.with(HOST, endpoint.string("nodeName"));
    }
    JsonObject result = endpoint.without("deprecatedTopology").without("zone");
    return topology.isEmpty() ? result : result.with("topology", topology);
  }
}
