package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.client.ClientTls;
import io.tiphys.apiserver.http.client.Endpoint;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** {@code proxy} of nodes, pods and services. */
final class Proxies {
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final GroupResource SLICES =
      new GroupResource("discovery.k8s.io", "endpointslices");

  private final StoredObjects objects;
  private final Supplier<Kubelets> kubelets;
  private final RandomGenerator random;
  private final SSLContext anyServer = ClientTls.insecure();

  Proxies(StoredObjects objects, Supplier<Kubelets> kubelets, RandomGenerator random) {
    this.objects = objects;
    this.kubelets = kubelets;
    this.random = random;
  }

  /** A name in the form {@code [scheme:]name[:port]}. */
  private record Address(String scheme, String name, String port) {
    static Address parse(String text, String what) {
      String[] parts = text.split(":", -1);
      boolean valid =
          parts.length <= 3
              && (parts.length < 3 || Set.of("", "http", "https").contains(parts[0]))
              && !parts[parts.length == 3 ? 1 : 0].isEmpty();
      if (!valid) {
        throw ApiException.badRequest("invalid " + what + " request \"" + text + "\"");
      }
      return switch (parts.length) {
        case 1 -> new Address("", parts[0], "");
        case 2 -> new Address("", parts[0], parts[1]);
        default -> new Address(parts[0], parts[1], parts[2]);
      };
    }
  }

  void proxy(Exchange exchange, RequestContext context) {
    Endpoint endpoint =
        switch (context.info().resource()) {
          case "nodes" -> node(context);
          case "pods" -> pod(context);
          default -> service(context);
        };
    String path = exchange.path();
    int end = prefixEnd(path, context.info().namespace().isEmpty() ? 5 : 7);
    String rest = path.substring(end);
    String query = exchange.query().isEmpty() ? "" : "?" + exchange.query();
    if (rest.isEmpty() && Set.of("GET", "HEAD").contains(exchange.method())) {
      exchange.respond(Response.empty(301).with("location", path + "/" + query));
      return;
    }
    Passage.pass(
        exchange,
        endpoint,
        (rest.isEmpty() ? "/" : rest) + query,
        headers -> forwarded(headers, exchange));
  }

  private static Headers forwarded(Headers headers, Exchange exchange) {
    return headers
        .with("x-forwarded-uri", exchange.path())
        .with("x-forwarded-host", exchange.authority())
        .with("x-forwarded-proto", "https")
        .with("x-forwarded-for", exchange.remote().getAddress().getHostAddress());
  }

  /** Where the path that the proxied server sees begins. */
  private static int prefixEnd(String path, int segments) {
    int at = 0;
    for (int i = 0; i < segments && at >= 0; i++) {
      at = path.indexOf('/', at + 1);
    }
    return at < 0 ? path.length() : at;
  }

  private Endpoint node(RequestContext context) {
    Address address = Address.parse(context.info().name(), "node");
    JsonObject node = find(NODES, "", address.name);
    if (address.port.isEmpty()
        || address.port.equals(Integer.toString(kubelets.get().port(node)))) {
      return kubelets.get().of(node, false);
    }
    return endpoint(address.scheme, kubelets.get().address(node), number(address.port));
  }

  private Endpoint pod(RequestContext context) {
    Address address = Address.parse(context.info().name(), "pod");
    JsonObject pod = find(PODS, context.info().namespace(), address.name);
    String ip = pod.object("status").string("podIP");
    if (ip.isEmpty() || ip.startsWith("127.") || ip.equals("::1") || ip.startsWith("169.254.")) {
      throw ApiException.badRequest("address not allowed");
    }
    long port =
        address.port.isEmpty()
            ? pod.object("spec")
                .array("containers")
                .objects()
                .flatMap(container -> container.array("ports").objects())
                .mapToLong(p -> p.number("containerPort", 80))
                .findFirst()
                .orElse(80)
            : number(address.port);
    return endpoint(address.scheme, ip, (int) port);
  }

  private Endpoint service(RequestContext context) {
    Address address = Address.parse(context.info().name(), "service");
    String namespace = context.info().namespace();
    JsonObject service = find(SERVICES, namespace, address.name);
    String portName = portName(service, address);
    List<Endpoint> ready = new ArrayList<>();
    for (JsonObject slice : objects.cached(SLICES, namespace)) {
      JsonObject labels = slice.object("metadata").object("labels");
      if (labels.string("kubernetes.io/service-name").equals(address.name)) {
        addReady(slice, portName, address.scheme, ready);
      }
    }
    if (ready.isEmpty()) {
      throw unavailable("no endpoints available for service \"" + address.name + "\"");
    }
    return ready.get(random.nextInt(ready.size()));
  }

  /** The name of the port that is asked for by name or number. */
  private static String portName(JsonObject service, Address address) {
    if (!address.port.chars().allMatch(Character::isDigit) || address.port.isEmpty()) {
      return address.port;
    }
    long number = number(address.port);
    return service
        .object("spec")
        .array("ports")
        .objects()
        .filter(port -> port.number("port", 0) == number)
        .findFirst()
        .map(port -> port.string("name"))
        .orElseThrow(() ->
            unavailable(
                "no service port " + number + " found for service \"" + address.name + "\""));
  }

  private void addReady(JsonObject slice, String portName, String scheme, List<Endpoint> ready) {
    slice
        .array("ports")
        .objects()
        .filter(port -> port.string("name").equals(portName))
        .forEach(port ->
            slice
                .array("endpoints")
                .objects()
                .filter(e -> !JsonBool.of(false).equals(e.object("conditions").get("ready")))
                .flatMap(endpoint -> endpoint.array("addresses").strings().limit(1))
                .map(ip -> endpoint(scheme, ip, (int) port.number("port", 0)))
                .forEach(ready::add));
  }

  private Endpoint endpoint(String scheme, String host, int port) {
    return new Endpoint(host, port, scheme.equals("https") ? anyServer : null, null);
  }

  private JsonObject find(GroupResource resource, String namespace, String name) {
    return objects
        .cached(resource, namespace, name)
        .orElseThrow(() -> ApiException.notFound(resource, name));
  }

  private static int number(String port) {
    try {
      int number = Integer.parseInt(port);
      if (number > 0 && number < 65_536) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ApiException.badRequest("invalid port \"" + port + "\"");
  }

  private static ApiException unavailable(String message) {
    return ApiException.of(Reason.SERVICE_UNAVAILABLE, message);
  }
}
