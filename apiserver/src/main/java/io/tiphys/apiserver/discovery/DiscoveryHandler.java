package io.tiphys.apiserver.discovery;

import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.pipeline.PathHandler;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.model.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api}, {@code /apis} and what is below them. At the two roots a client may ask for the
 * aggregated form by {@code Accept}; it comes with an ETag.
 */
public final class DiscoveryHandler implements PathHandler {
  private static final String AGGREGATED = "g=apidiscovery.k8s.io;v=%s;as=apigroupdiscoverylist";
  private static final List<String> AGGREGATED_VERSIONS = List.of("v2", "v2beta1");

  private final Map<String, Document> documents = new HashMap<>();

  /**
   * @param serverAddress as told in {@code serverAddressByClientCIDRs}: {@code HOST:PORT}
   */
  public DiscoveryHandler(ResourceCatalog catalog, String serverAddress) {
    List<ServedGroup> groups = ServedGroup.of(catalog.all());
    put("/api", LegacyDiscovery.coreVersions(serverAddress));
    put("/apis", LegacyDiscovery.groups(groups));
    for (ServedGroup group : groups) {
      if (!group.core()) {
        put("/apis/" + group.name(), LegacyDiscovery.group(group));
      }
      group
          .versions()
          .forEach((version, types) -> {
            String groupVersion = group.groupVersion(version);
            String root = group.core() ? "/api/" : "/apis/";
            put(root + groupVersion, LegacyDiscovery.resources(groupVersion, types));
          });
    }
    List<ServedGroup> core = groups.stream().filter(ServedGroup::core).toList();
    List<ServedGroup> named = groups.stream().filter(g -> !g.core()).toList();
    for (String version : AGGREGATED_VERSIONS) {
      put("/api" + version, AggregatedDiscovery.document(core, version), version);
      put("/apis" + version, AggregatedDiscovery.document(named, version), version);
    }
  }

  private record Document(byte[] body, String contentType, String etag) {}

  private void put(String path, JsonObject document) {
    byte[] body = document.toBytes();
    documents.put(path, new Document(body, "application/json", Etags.of(body)));
  }

  private void put(String path, JsonObject document, String version) {
    byte[] body = document.toBytes();
    String type =
        "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
    documents.put(path, new Document(body, type, Etags.of(body)));
  }

  @Override
  public void handle(Exchange exchange, RequestContext context) {
    String path = context.info().path();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Document document = documents.get(trimmed + aggregated(trimmed, exchange.header("accept")));
    if (document == null) {
      exchange.respond(Response.text(404, "404 page not found\n"));
      return;
    }
    Headers headers =
        Headers.of(
            "content-type",
            document.contentType(),
            "cache-control",
            "public",
            "etag",
            document.etag(),
            "vary",
            "Accept");
    boolean known = document.etag().equals(exchange.header("if-none-match"));
    exchange.respond(
        known
            ? new Response(304, headers, new byte[0])
            : new Response(200, headers, document.body()));
  }

  /** The version of the aggregated form that the client would take first; "" for the old form. */
  private static String aggregated(String path, @Nullable String accept) {
    if (accept == null || !(path.equals("/api") || path.equals("/apis"))) {
      return "";
    }
    for (String choice : accept.toLowerCase(Locale.ROOT).split(",")) {
      String type = choice.replace(" ", "");
      for (String version : AGGREGATED_VERSIONS) {
        if (type.startsWith("application/json") && type.contains(AGGREGATED.formatted(version))) {
          return version;
        }
      }
      if (type.equals("application/json") || type.startsWith("*/*")) {
        return "";
      }
    }
    return "";
  }
}
