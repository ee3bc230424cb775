package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.WebSocket;
import io.tiphys.apiserver.http.client.ClientRequest;
import io.tiphys.apiserver.http.client.ClientResponse;
import io.tiphys.apiserver.http.client.Endpoint;
import io.tiphys.apiserver.http.client.HttpConnection;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.model.status.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code exec}, {@code attach} and {@code portforward} of pods. */
final class PodCommands {
  private final StoredObjects objects;
  private final Supplier<Kubelets> kubelets;

  PodCommands(StoredObjects objects, Supplier<Kubelets> kubelets) {
    this.objects = objects;
    this.kubelets = kubelets;
  }

  /** Runs a command in a container, or attaches to its main process. */
  void command(Exchange exchange, RequestContext context) {
    PodTarget pod = PodTarget.find(objects, context);
    String verb = context.info().subresource();
    String container = pod.container(context.parameter("container"));
    if (pod.phase().equals("Succeeded") || pod.phase().equals("Failed")) {
      throw ApiException.badRequest(
          "cannot exec into a container in a completed pod; current phase is " + pod.phase());
    }
    Map<String, List<String>> parameters = context.parameters();
    Query query =
        new Query()
            .addIf(Query.isSet(parameters, "stdin"), "input", "1")
            .addIf(Query.isSet(parameters, "stdout"), "output", "1")
            .addIf(Query.isSet(parameters, "stderr"), "error", "1")
            .addIf(Query.isSet(parameters, "tty"), "tty", "1");
    if (verb.equals("exec")) {
      parameters.getOrDefault("command", List.of()).forEach(word -> query.add("command", word));
    }
    Endpoint kubelet = kubelet(pod);
    String target = pod.path(verb, container) + query;
    if (WebSocket.isWanted(exchange)
        && WebSocket.subprotocols(exchange).contains(CommandTranslator.V5)) {
      translate(exchange, kubelet, target, channels(parameters));
    } else {
      pass(exchange, kubelet, target);
    }
  }

  /** Connects to ports of a pod. */
  void portForward(Exchange exchange, RequestContext context) {
    PodTarget pod = PodTarget.find(objects, context);
    Endpoint kubelet = kubelet(pod);
    String ports = String.join(",", context.parameters().getOrDefault("ports", List.of()));
    String target =
        pod.path("portForward", "") + new Query().addIf(!ports.isEmpty(), "port", ports);
    List<String> tunnelled =
        WebSocket.subprotocols(exchange).stream()
            .filter(protocol -> protocol.startsWith(Tunnel.PREFIX))
            .toList();
    if (WebSocket.isWanted(exchange) && !tunnelled.isEmpty()) {
      tunnel(exchange, kubelet, target, tunnelled.getFirst());
    } else {
      pass(exchange, kubelet, target);
    }
  }

  private Endpoint kubelet(PodTarget pod) {
    String node =
        pod.node()
            .orElseThrow(() ->
                ApiException.badRequest("pod " + pod.name() + " does not have a host assigned"));
    return kubelets.get().of(PodTarget.node(objects, node), false);
  }

  private static Set<Channel> channels(Map<String, List<String>> parameters) {
    Set<Channel> channels = EnumSet.of(Channel.ERROR);
    boolean tty = Query.isSet(parameters, "tty");
    if (Query.isSet(parameters, "stdin")) {
      channels.add(Channel.STDIN);
    }
    if (Query.isSet(parameters, "stdout")) {
      channels.add(Channel.STDOUT);
    }
    if (Query.isSet(parameters, "stderr") && !tty) {
      channels.add(Channel.STDERR);
    }
    if (tty) {
      channels.add(Channel.RESIZE);
    }
    return channels;
  }

  /** The kubelet speaks the client's protocol: what both say is passed on as it is. */
  private static void pass(Exchange exchange, Endpoint kubelet, String target) {
    if (exchange.wantsUpgrade().isEmpty()) {
      throw ApiException.badRequest("Upgrade request required");
    }
    Passage.pass(exchange, kubelet, target, headers -> headers);
  }

  private static ClientResponse askForSpdy(
      HttpConnection connection, String target, String protocol) throws IOException {
    Headers headers =
        Headers.of(
            "connection", "Upgrade",
            "upgrade", "SPDY/3.1",
            "x-stream-protocol-version", protocol,
            "content-length", "0");
    return connection.send(new ClientRequest("POST", target, headers, null));
  }

  private static void translate(
      Exchange exchange, Endpoint kubelet, String target, Set<Channel> channels) {
    WebSocket client = WebSocket.accept(exchange, List.of(CommandTranslator.V5));
    try {
      HttpConnection connection;
      ClientResponse response;
      try {
        connection = Passage.connect(exchange, kubelet);
        response = askForSpdy(connection, target, "v4.channel.k8s.io");
      } catch (IOException e) {
        CommandTranslator.refuse(
            client,
            ApiException.internal(new IOException("error dialing backend: " + e.getMessage(), e)));
        return;
      }
      if (response.status() == 101) {
        SpdyConnection spdy = SpdyConnection.client(connection.upgraded(response));
        CommandTranslator.run(client, spdy, channels);
      } else {
        CommandTranslator.refuse(client, StreamErrors.notUpgraded(response));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tunnel(Exchange exchange, Endpoint kubelet, String target, String protocol) {
    try {
      HttpConnection connection;
      ClientResponse response;
      try {
        connection = Passage.connect(exchange, kubelet);
        response = askForSpdy(connection, target, protocol.substring(Tunnel.PREFIX.length()));
      } catch (IOException e) {
        exchange.respond(StreamErrors.unreachable(e, true));
        return;
      }
      if (response.status() == 101) {
        WebSocket client = WebSocket.accept(exchange, List.of(protocol));
        Tunnel.run(client, connection.upgraded(response));
      } else {
        Passage.relay(exchange, response, response.headers());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
