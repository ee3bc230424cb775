package io.tiphys.apiserver.kinds.legacy;

import static io.tiphys.apiserver.kinds.Trees.change;
import static io.tiphys.apiserver.kinds.Trees.changeEach;
import static io.tiphys.apiserver.kinds.Trees.setIfAbsent;
import static io.tiphys.apiserver.kinds.legacy.Annotations.rename;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.function.UnaryOperator;

/**
 * Ingresses before {@code networking.k8s.io/v1}: a backend is a flat {@code serviceName} and {@code
 * servicePort}, the default one is {@code spec.backend}, and a path without a type is {@code
 * ImplementationSpecific}.
 */
final class IngressConversion implements Conversion {

  @Override
  public JsonObject toStorage(JsonObject served) {
    return change(
        served,
        "spec",
        spec ->
            change(
                backends(rename(spec, "backend", "defaultBackend"), IngressConversion::nested),
                "defaultBackend",
                IngressConversion::nested));
  }

  @Override
  public JsonObject fromStorage(JsonObject stored) {
    return change(
        stored,
        "spec",
        spec ->
            change(
                backends(rename(spec, "defaultBackend", "backend"), IngressConversion::flat),
                "backend",
                IngressConversion::flat));
  }

  private static JsonObject backends(JsonObject spec, UnaryOperator<JsonObject> change) {
    return changeEach(
        spec,
        "rules",
        rule ->
            change(
                rule,
                "http",
                http ->
                    changeEach(
                        http,
                        "paths",
                        path ->
                            setIfAbsent(
                                change(path, "backend", change),
                                "pathType",
                                JsonString.of("ImplementationSpecific")))));
  }

  private static JsonObject nested(JsonObject backend) {
    Json port = backend.get("servicePort");
    String name = backend.string("serviceName");
    JsonObject rest = backend.without("serviceName").without("servicePort");
    if (name.isEmpty() && (port == null || port.isZero())) {
      return rest;
    }
    JsonObject service = JsonObject.of("name", name);
    return rest.with(
        "service",
        switch (port) {
          case JsonString s -> service.with("port", JsonObject.of("name", s));
          case JsonNumber n -> service.with("port", JsonObject.of("number", n));
          case null, default -> service;
        });
  }

  private static JsonObject flat(JsonObject backend) {
    if (!(backend.get("service") instanceof JsonObject service)) {
      return backend;
    }
    JsonObject port = service.object("port");
    JsonObject rest = backend.without("service").with("serviceName", service.string("name"));
    return port.has("name")
        ? rest.with("servicePort", port.string("name"))
        : port.has("number") ? rest.with("servicePort", port.number("number", 0)) : rest;
  }
}
