package io.tiphys.apiserver.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tiphys.apiserver.authentication.AuthenticationException;
import io.tiphys.apiserver.authentication.Credentials;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.RequestHead;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.pipeline.PathHandler;
import io.tiphys.apiserver.pipeline.Requests;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.model.status.ApiException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and times requests, logs their defects, and serves {@code /metrics}. */
public final class ServerMetrics implements Requests, PathHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ServerMetrics.class);

  private static final String[] LABELS = {
    "verb", "group", "version", "resource", "subresource", "scope", "component"
  };

  /** Upstream's buckets of {@code apiserver_request_duration_seconds}. */
  private static final double[] BUCKETS = {
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45,
    60
  };

  /** Clients could invent resources without end; what is new beyond this is counted as one. */
  private static final int MOST_SERIES = 5000;

  private static final Series OTHERS = new Series("", "", "", "", "", "", 0);

  /** What requests are counted by. */
  private record Series(
      String verb,
      String group,
      String version,
      String resource,
      String subresource,
      String scope,
      int status) {}

  /** Where they are counted: looking these up by labels takes longer than all the counting. */
  private record Points(CounterDataPoint total, DistributionDataPoint duration) {}

  private final Map<Series, Points> series = new ConcurrentHashMap<>();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  private final Counter total =
      Counter.builder()
          .name("apiserver_request_total")
          .withoutExemplars()
          .help("Requests, by what they asked for and how they were answered.")
          .labelNames(
              "verb",
              "group",
              "version",
              "resource",
              "subresource",
              "scope",
              "component",
              "code",
              "dry_run")
          .register(registry);

  private final Histogram duration =
      Histogram.builder()
          .name("apiserver_request_duration_seconds")
          .withoutExemplars()
          .help("Seconds from a request's arrival to the start of its answer.")
          .classicOnly()
          .classicUpperBounds(BUCKETS)
          .labelNames(LABELS)
          .register(registry);

  private final Counter unauthenticated =
      Counter.builder()
          .name("authentication_attempts")
          .withoutExemplars()
          .help("Requests whose credentials were not valid.")
          .labelNames("result")
          .register(registry);

  public ServerMetrics() {
    gauge("process_resident_memory_bytes", "Resident memory.", ProcessMemory::residentBytes);
    gauge(
        "process_start_time_seconds",
        "When the process started, in seconds since the epoch.",
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1000);
    gauge(
        "jvm_memory_used_bytes",
        "Heap in use.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** Serves a figure that is read when asked for. */
  public void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) value.getAsLong()))
        .register(registry);
  }

  @Override
  public void answered(RequestInfo info, int status, Duration took) {
    Series labels =
        new Series(
            info.verb(),
            info.group(),
            info.version(),
            info.resource(),
            info.subresource(),
            scope(info),
            status);
    Points points = series.get(labels);
    if (points == null) {
      points = series.computeIfAbsent(series.size() < MOST_SERIES ? labels : OTHERS, this::points);
    }
    points.total.inc();
    points.duration.observe(took.toNanos() / 1e9);
  }

  private Points points(Series labels) {
    String verb = labels.verb.toUpperCase(Locale.ROOT);
    return new Points(
        total.labelValues(
            verb,
            labels.group,
            labels.version,
            labels.resource,
            labels.subresource,
            labels.scope,
            "apiserver",
            labels.status == 0 ? "" : Integer.toString(labels.status),
            ""),
        duration.labelValues(
            verb,
            labels.group,
            labels.version,
            labels.resource,
            labels.subresource,
            labels.scope,
            "apiserver"));
  }

  private static String scope(RequestInfo info) {
    if (!info.resourceRequest()) {
      return "";
    }
    if (!info.name().isEmpty()) {
      return "resource";
    }
    return info.namespace().isEmpty() ? "cluster" : "namespace";
  }

  @Override
  public void refused(Credentials credentials, AuthenticationException why) {
    unauthenticated.labelValues("error").inc();
    LOG.info("{}: credentials refused: {}", credentials.remote(), why.getMessage());
  }

  @Override
  public void failed(RequestHead request, ApiException error, Throwable cause) {
    if (error.code() >= 500 && error != cause) {
      LOG.error("{} {} failed", request.method(), request.path(), cause);
    }
  }

  @Override
  public void handle(Exchange exchange, RequestContext context) {
    exchange.dispatch(() ->
        exchange.respond(
            new Response(200, Headers.of("content-type", writer.getContentType()), scrape())));
  }

  private byte[] scrape() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      writer.write(body, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }
}
