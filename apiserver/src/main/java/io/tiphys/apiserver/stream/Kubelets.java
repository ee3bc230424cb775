package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.client.Endpoint;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to speak with kubelets, and where they are.
 *
 * @param tls presents the API server's client certificate; verifies kubelets if it has an authority
 * @param insecure presents the same certificate and verifies nobody
 * @param verify whether a kubelet's certificate must bear its address
 * @param addressTypes kinds of node addresses, the preferred one first
 */
public record Kubelets(
    SSLContext tls, SSLContext insecure, boolean verify, List<String> addressTypes) {
  public static final List<String> ADDRESS_TYPES =
      List.of("InternalIP", "ExternalIP", "Hostname", "InternalDNS", "ExternalDNS");

  private static final int DEFAULT_PORT = 10250;

  public Kubelets {
    addressTypes = List.copyOf(addressTypes);
  }

  /**
   * The kubelet of a node.
   *
   * @throws io.tiphys.model.status.ApiException if the node tells no address
   */
  Endpoint of(JsonObject node, boolean skipVerify) {
    String host = address(node);
    boolean check = verify && !skipVerify;
    return new Endpoint(host, port(node), skipVerify ? insecure : tls, check ? host : null);
  }

  /** The port on which a node's kubelet says it listens. */
  int port(JsonObject node) {
    JsonObject endpoints = node.object("status").object("daemonEndpoints");
    int port = (int) endpoints.object("kubeletEndpoint").number("Port", 0);
    return port == 0 ? DEFAULT_PORT : port;
  }

  /** The preferred address in a node's status. */
  String address(JsonObject node) {
    for (String type : addressTypes) {
      Optional<JsonObject> found =
          node.object("status")
              .array("addresses")
              .objects()
              .filter(address -> address.string("type").equals(type))
              .findFirst();
      if (found.isPresent()) {
        return found.get().string("address");
      }
    }
    throw StreamErrors.unknown(
        "no preferred addresses found; known addresses: "
            + node.object("status").array("addresses"));
  }
}
