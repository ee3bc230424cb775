package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.HttpHandler;
import io.tiphys.apiserver.http.HttpLimits;
import io.tiphys.apiserver.http.HttpServer;
import io.tiphys.apiserver.http.RequestHead;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.TestAuthority;
import io.tiphys.apiserver.http.client.ClientTls;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of an API server as kubectl needs to stream: discovery of pods, reading one, and {@link
 * Streams}. Pod {@code web} in {@code default} runs on node {@code n1}, which is a {@link
 * FakeKubelet}.
 */
final class StreamsServer implements HttpHandler, AutoCloseable {
  private static final String PODS =
      """
      {"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods",
      "singularName":"pod","namespaced":true,"kind":"Pod","shortNames":["po"],
      "verbs":["get","list"]}]}\
      """;

  final FakeRegistry registry = new FakeRegistry();
  final FakeKubelet kubelet;
  private final HttpServer server;
  private final Streams streams;

  StreamsServer(Path directory) {
    TestAuthority authority = new TestAuthority("kubelet-ca");
    kubelet = new FakeKubelet(authority.files(directory, authority.issue("n1")));
    TestAuthority.Identity own = authority.issue(FakeKubelet.CLIENT);
    X509Certificate[] chain = {own.certificate()};
    X509Certificate[] authorities = {authority.certificate()};
    Kubelets kubelets =
        new Kubelets(
            ClientTls.of(own.key(), chain, authorities),
            ClientTls.of(own.key(), chain, new X509Certificate[0]),
            true,
            Kubelets.ADDRESS_TYPES);
    streams = new Streams(registry.stored(), () -> kubelets, new Random(1));
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            HttpLimits.DEFAULT,
            this);
    node("n1", kubelet.port());
    pod("web", "n1", "main");
  }

  int port() {
    return server.address().getPort();
  }

  void node(String name, int port) {
    registry.put(
        "",
        "nodes",
        """
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"%s"},"status":{
        "addresses":[{"type":"InternalIP","address":"127.0.0.1"}],
        "daemonEndpoints":{"kubeletEndpoint":{"Port":%d}}}}\
        """
            .formatted(name, port));
  }

  void pod(String name, String node, String... containers) {
    StringBuilder list = new StringBuilder();
    for (String container : containers) {
      list.append(list.isEmpty() ? "" : ",").append("{\"name\":\"").append(container).append("\"}");
    }
    registry.put(
        "",
        "pods",
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"default"},
        "spec":{"nodeName":"%s","containers":[%s]},"status":{"phase":"Running"}}\
        """
            .formatted(name, node, list));
  }

  @Override
  public void handle(Exchange exchange) {
    String path = exchange.path();
    RequestInfo info = info(path);
    if (streams.answers(info)) {
      RequestContext context =
          new RequestContext(
              info,
              user(),
              user(),
              FakeKubelet.parse(exchange.query()),
              "",
              "",
              Instant.EPOCH,
              new CopyOnWriteArrayList<>());
      exchange.dispatch(() -> streams.answer(exchange, context));
    } else if (path.equals("/api")) {
      json(exchange, "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    } else if (path.equals("/apis")) {
      json(exchange, "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":[]}");
    } else if (path.equals("/api/v1")) {
      json(exchange, PODS);
    } else if (info.resource().equals("pods") && !info.name().isEmpty()) {
      json(exchange, registry.get("", "pods", info.namespace(), info.name()).toString());
    } else {
      exchange.respond(Response.empty(404));
    }
  }

  @Override
  public boolean streamsBody(RequestHead head) {
    return Streams.streamsBody(info(head.path()));
  }

  private static void json(Exchange exchange, String text) {
    exchange.respond(Response.json(200, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static UserInfo user() {
    return new UserInfo("tester", "", List.of(), Map.of());
  }

  private static RequestInfo info(String path) {
    String[] part = path.split("/");
    boolean namespaced = part.length > 4 && part[3].equals("namespaces");
    int at = namespaced ? 5 : 3;
    return new RequestInfo(
        part.length > at,
        path,
        "get",
        "",
        "v1",
        namespaced ? part[4] : "",
        part.length > at ? part[at] : "",
        part.length > at + 2 ? part[at + 2] : "",
        part.length > at + 1 ? part[at + 1] : "",
        "");
  }

  @Override
  public void close() {
    server.close();
    kubelet.close();
  }
}
