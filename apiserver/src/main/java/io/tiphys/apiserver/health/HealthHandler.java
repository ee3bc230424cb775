package io.tiphys.apiserver.health;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.pipeline.PathHandler;
import io.tiphys.apiserver.request.RequestContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /healthz}, {@code /livez} or {@code /readyz}, and each of its checks below it. 200 if all
 * is well, else 500; with {@code ?verbose} a line for each check; {@code ?exclude=NAME} leaves one
 * out.
 */
public final class HealthHandler implements PathHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HealthHandler.class);

  private final String endpoint;
  private final List<HealthCheck> checks;

  /**
   * @param endpoint {@code healthz}, {@code livez} or {@code readyz}
   */
  public HealthHandler(String endpoint, List<HealthCheck> checks) {
    this.endpoint = endpoint;
    this.checks = List.copyOf(checks);
  }

  @Override
  public void handle(Exchange exchange, RequestContext context) {
    exchange.dispatch(() -> exchange.respond(answer(context)));
  }

  private Response answer(RequestContext context) {
    String below = context.info().path().substring(1 + endpoint.length());
    if (below.isEmpty() || below.equals("/")) {
      return all(context);
    }
    String name = below.substring(1);
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .map(this::one)
        .orElseGet(() -> Response.text(404, "404 page not found\n"));
  }

  private Response one(HealthCheck check) {
    return check
        .fault()
        .map(fault -> Response.text(500, "internal server error: " + fault + "\n"))
        .orElseGet(() -> Response.text(200, "ok"));
  }

  private Response all(RequestContext context) {
    Set<String> excluded = new HashSet<>(context.parameters().getOrDefault("exclude", List.of()));
    StringBuilder report = new StringBuilder();
    StringBuilder faults = new StringBuilder();
    for (HealthCheck check : checks) {
      if (excluded.remove(check.name())) {
        report.append("[+]").append(check.name()).append(" excluded: ok\n");
        continue;
      }
      Optional<String> fault = check.fault();
      if (fault.isEmpty()) {
        report.append("[+]").append(check.name()).append(" ok\n");
      } else {
        report.append("[-]").append(check.name()).append(" failed: reason withheld\n");
        faults.append(' ').append(check.name()).append(": ").append(fault.get()).append(';');
      }
    }
    if (!excluded.isEmpty()) {
      report
          .append("warn: some health checks cannot be excluded: no matches for ")
          .append(String.join(",", excluded.stream().sorted().map(e -> '"' + e + '"').toList()))
          .append('\n');
    }
    if (!faults.isEmpty()) {
      LOG.warn("{} check failed:{}", endpoint, faults);
      return Response.text(500, report + endpoint + " check failed\n");
    }
    boolean verbose = context.parameters().containsKey("verbose");
    return Response.text(200, verbose ? report + endpoint + " check passed\n" : "ok");
  }
}
