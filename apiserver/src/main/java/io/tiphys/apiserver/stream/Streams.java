package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.rest.StreamHandler;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Answers the requests that kubelets, pods and services answer in the end. */
public final class Streams implements StreamHandler {
  private static final Map<String, Set<String>> SUBRESOURCES =
      Map.of(
          "pods", Set.of("log", "exec", "attach", "portforward", "proxy"),
          "nodes", Set.of("proxy"),
          "services", Set.of("proxy"));

  private final PodLogs logs;
  private final PodCommands commands;
  private final Proxies proxies;

  /**
   * @param kubelets asked anew for each request: the certificate that it shows may have changed
   */
  public Streams(StoredObjects objects, Supplier<Kubelets> kubelets, RandomGenerator random) {
    this.logs = new PodLogs(objects, kubelets);
    this.commands = new PodCommands(objects, kubelets);
    this.proxies = new Proxies(objects, kubelets, random);
  }

  @Override
  public boolean answers(RequestInfo info) {
    return streams(info);
  }

  private static boolean streams(RequestInfo info) {
    return info.resourceRequest()
        && info.group().isEmpty()
        && !info.name().isEmpty()
        && SUBRESOURCES.getOrDefault(info.resource(), Set.of()).contains(info.subresource());
  }

  /**
   * Whether the request's body must be streamed ({@link
   * io.tiphys.apiserver.http.HttpHandler#streamsBody}): those of proxied requests are passed on as
   * they come.
   */
  public static boolean streamsBody(RequestInfo info) {
    return streams(info) && info.subresource().equals("proxy");
  }

  /**
   * Answers a request that has been authorized and admitted. Blocks until the streams have ended,
   * so it is for virtual threads ({@link Exchange#dispatch}).
   *
   * @throws io.tiphys.model.status.ApiException if there is nothing to stream; nothing has been
   *     answered then
   */
  @Override
  public void answer(Exchange exchange, RequestContext context) {
    switch (context.info().subresource()) {
      case "log" -> logs.log(exchange, context);
      case "exec", "attach" -> commands.command(exchange, context);
      case "portforward" -> commands.portForward(exchange, context);
      default -> proxies.proxy(exchange, context);
    }
  }
}
