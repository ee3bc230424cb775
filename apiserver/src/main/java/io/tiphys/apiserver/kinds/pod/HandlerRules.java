package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Probes and lifecycle hooks: what runs, and how often. */
final class HandlerRules {
  private static final Set<String> PROBE_HANDLERS = Set.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final Set<String> HOOK_HANDLERS = Set.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");

  private static final Map<String, Consumer<Scope>> HANDLERS =
      Map.of(
          "exec", handler -> handler.required("command"),
          "httpGet", HandlerRules::httpGet,
          "tcpSocket", handler -> port(handler, "port"),
          "grpc", handler -> portNumber(handler, "port"));

  private HandlerRules() {}

  /**
   * All three probes of a container that may have them.
   *
   * @param container a regular container, or an init container that keeps running
   */
  static void probes(Scope container) {
    container.with(
        "livenessProbe",
        probe -> {
          probe(probe);
          succeedsOnce(probe);
        });
    container.with(
        "readinessProbe",
        probe -> {
          probe(probe);
          if (probe.has("terminationGracePeriodSeconds")) {
            probe.invalid("terminationGracePeriodSeconds", "must not be set for readinessProbes");
          }
        });
    container.with(
        "startupProbe",
        probe -> {
          probe(probe);
          succeedsOnce(probe);
        });
  }

  private static void succeedsOnce(Scope probe) {
    probe.check("successThreshold", n -> n == 1, "must be 1");
  }

  private static void probe(Scope probe) {
    oneHandler(probe, PROBE_HANDLERS);
    probe.nonNegative("initialDelaySeconds");
    probe.nonNegative("timeoutSeconds");
    probe.nonNegative("periodSeconds");
    probe.nonNegative("successThreshold");
    probe.nonNegative("failureThreshold");
    probe.check("terminationGracePeriodSeconds", n -> n > 0, "must be greater than 0");
  }

  /** {@code postStart}, {@code preStop} and {@code stopSignal}. */
  static void lifecycle(Scope lifecycle, PodContext pod) {
    for (String hook : List.of("postStart", "preStop")) {
      lifecycle.with(
          hook,
          handler -> {
            oneHandler(handler, HOOK_HANDLERS);
            handler.with("sleep", sleep -> sleep(sleep, pod.gracePeriodSeconds()));
          });
    }
    if (lifecycle.isSet("stopSignal") && pod.os().isEmpty()) {
      lifecycle.forbidden("stopSignal", "may not be set for containers with empty os.name");
    }
  }

  private static void sleep(Scope sleep, long gracePeriodSeconds) {
    long seconds = sleep.number("seconds", 0);
    if (seconds < 0 || seconds > gracePeriodSeconds) {
      sleep.invalid(
          "seconds",
          "must be non-negative and less than or equal to terminationGracePeriodSeconds ("
              + gracePeriodSeconds
              + ")");
    }
  }

  private static void oneHandler(Scope scope, Set<String> known) {
    List<String> found = scope.value().keys().stream().filter(known::contains).toList();
    if (found.isEmpty()) {
      scope.errors().required(scope.path(), "must specify a handler type");
    }
    for (int i = 0; i < found.size(); i++) {
      String type = found.get(i);
      if (i > 0) {
        scope.forbidden(type, "may not specify more than 1 handler type");
      } else if (HANDLERS.containsKey(type)) {
        scope.with(type, HANDLERS.get(type));
      }
    }
  }

  private static void httpGet(Scope handler) {
    handler.required("path");
    port(handler, "port");
    handler.requiredOneOf("scheme", SCHEMES);
    handler.each("httpHeaders", h -> h.formatEvenEmpty("name", Names::httpHeaderName));
  }

  /** A port by number or by name. */
  static void port(Scope scope, String field) {
    Json port = scope.value().get(field);
    if (port instanceof JsonString name) {
      scope.format(scope.at(field), name.value(), Names::portName);
    } else {
      portNumber(scope, field);
    }
  }

  private static void portNumber(Scope scope, String field) {
    long port = scope.number(field, 0);
    for (String fault : Names.portNumber(port)) {
      scope.errors().invalid(scope.at(field), JsonNumber.of(port), fault);
    }
  }
}
