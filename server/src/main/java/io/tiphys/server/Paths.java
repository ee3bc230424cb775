package io.tiphys.server;

import io.tiphys.apiserver.discovery.DiscoveryHandler;
import io.tiphys.apiserver.health.HealthCheck;
import io.tiphys.apiserver.health.HealthHandler;
import io.tiphys.apiserver.health.VersionHandler;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.openapi.OpenApiHandler;
import io.tiphys.apiserver.pipeline.PathHandler;
import io.tiphys.apiserver.pipeline.PathHandlers;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.serviceaccount.OpenIdDocuments;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is served beside resources. */
final class Paths {
  private Paths() {}

  static PathHandlers of(
      ResourceCatalog catalog,
      String address,
      OpenIdDocuments openId,
      List<HealthCheck> live,
      List<HealthCheck> ready,
      PathHandler metrics) {
    Map<String, PathHandler> all = new HashMap<>();
    all.put("/version", new VersionHandler());
    all.put("/metrics", metrics);
    below(all, "/healthz", new HealthHandler("healthz", live));
    below(all, "/livez", new HealthHandler("livez", live));
    below(all, "/readyz", new HealthHandler("readyz", ready));
    DiscoveryHandler discovery = new DiscoveryHandler(catalog, address);
    below(all, "/api", discovery);
    below(all, "/apis", discovery);
    OpenApiHandler openApi = new OpenApiHandler(Schema.kubernetes(), catalog);
    all.put("/openapi/v2", openApi);
    below(all, "/openapi/v3", openApi);
    all.put(OpenIdDocuments.CONFIGURATION_PATH, fixed(openId.configuration()));
    all.put(
        OpenIdDocuments.KEYS_PATH,
        (exchange, _) ->
            exchange.respond(
                Response.json(200, openId.keys().toBytes())
                    .with("content-type", "application/jwk-set+json")));
    JsonArray paths =
        JsonArray.ofStrings(all.keySet().stream().filter(p -> !p.endsWith("/")).sorted().toList());
    all.put("/", fixed(JsonObject.of("paths", paths)));
    return new PathHandlers(all);
  }

  private static void below(Map<String, PathHandler> all, String path, PathHandler handler) {
    all.put(path, handler);
    all.put(path + "/", handler);
  }

  private static PathHandler fixed(JsonObject document) {
    byte[] body = document.toBytes();
    return (exchange, _) -> exchange.respond(Response.json(200, body));
  }
}
