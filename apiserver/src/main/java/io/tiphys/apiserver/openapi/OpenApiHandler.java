package io.tiphys.apiserver.openapi;

import io.tiphys.apiserver.discovery.Etags;
import io.tiphys.apiserver.health.VersionHandler;
import io.tiphys.apiserver.http.Exchange;
import io.tiphys.apiserver.http.Headers;
import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.pipeline.PathHandler;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi/v2} and {@code /openapi/v3}. Documents are built when first asked for and kept
 * compressed, since most clients take them so and few take all.
 */
public final class OpenApiHandler implements PathHandler {
  /** Clients ask with "v2@v1.0", which is no media type that they could parse in an answer. */
  private static final String GNOSTIC =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  private static final String JSON = "application/json";
  private static final String V3_ROOT = "/openapi/v3";

  private final Schema schema;
  private final ResourceCatalog catalog;
  private final Map<String, Document> built = new ConcurrentHashMap<>();

  public OpenApiHandler(Schema schema, ResourceCatalog catalog) {
    this.schema = schema;
    this.catalog = catalog;
  }

  private record Document(byte[] gzipped, String contentType, String hash) {
    static Document of(byte[] body, String contentType, String hash) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Document(bytes.toByteArray(), contentType, hash);
    }

    byte[] plain() {
      try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
        return gzip.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void handle(Exchange exchange, RequestContext context) {
    exchange.dispatch(() -> answer(exchange, context));
  }

  private void answer(Exchange exchange, RequestContext context) {
    String path = context.info().path();
    if (path.equals("/openapi/v2")) {
      boolean protobuf = accepts(exchange, "proto-openapi.spec.v2");
      send(exchange, v2(protobuf), false);
    } else if (path.equals(V3_ROOT) || path.equals(V3_ROOT + "/")) {
      exchange.respond(Response.json(200, v3Index()));
    } else if (path.startsWith(V3_ROOT + "/")) {
      v3(exchange, context, path.substring(V3_ROOT.length() + 1));
    } else {
      exchange.respond(Response.text(404, "404 page not found\n"));
    }
  }

  private static boolean accepts(Exchange exchange, String what) {
    String accept = exchange.header("accept");
    return accept != null && accept.contains(what) && accept.contains("protobuf");
  }

  private Document v2(boolean protobuf) {
    return protobuf
        ? built(
            "v2.pb",
            GNOSTIC,
            hash(catalog.all()) + "P",
            () -> Gnostic.encode(OpenApiDocuments.v2(schema, catalog.all())))
        : built(
            "v2",
            JSON,
            hash(catalog.all()),
            () -> OpenApiDocuments.v2(schema, catalog.all()).toBytes());
  }

  private Document built(String name, String contentType, String hash, Supplier<byte[]> body) {
    return built.computeIfAbsent(name, _ -> Document.of(body.get(), contentType, hash));
  }

  /** Names a document by what it is made from, so that an index needs no document built. */
  private static String hash(Collection<ResourceType> types) {
    StringBuilder made = new StringBuilder(VersionHandler.GIT_VERSION);
    for (ResourceType type : types) {
      made.append(type.resource()).append(type.kind()).append(new TreeSet<>(type.verbs()));
      new TreeMap<>(type.subresources())
          .forEach((name, it) -> made.append(name).append(new TreeSet<>(it.verbs())));
    }
    return Etags.hash(made.toString().getBytes(StandardCharsets.UTF_8));
  }

  private SortedMap<String, List<ResourceType>> byPrefix() {
    SortedMap<String, List<ResourceType>> all = new TreeMap<>();
    for (ResourceType type : catalog.all()) {
      all.computeIfAbsent(Paths.prefix(type), _ -> new ArrayList<>()).add(type);
    }
    return all;
  }

  private Document v3(String prefix, List<ResourceType> types) {
    return built(prefix, JSON, hash(types), () -> OpenApiDocuments.v3(schema, types).toBytes());
  }

  private byte[] v3Index() {
    JsonObject.Builder paths = new JsonObject.Builder();
    byPrefix()
        .forEach((prefix, types) ->
            paths.put(prefix, JsonObject.of("serverRelativeURL", address(prefix, hash(types)))));
    return JsonObject.of("paths", paths.build()).toBytes();
  }

  private static String address(String prefix, String hash) {
    return V3_ROOT + "/" + prefix + "?hash=" + hash;
  }

  /** With the right hash the document may be cached for ever; with a wrong one it has moved. */
  private void v3(Exchange exchange, RequestContext context, String prefix) {
    List<ResourceType> types = byPrefix().get(prefix);
    if (types == null) {
      exchange.respond(Response.text(404, "404 page not found\n"));
      return;
    }
    if (accepts(exchange, "proto-openapi.spec.v3") && !accepts(exchange, "json")) {
      exchange.respond(Response.text(406, "only application/json is served here\n"));
      return;
    }
    String asked = context.parameter("hash");
    if (!asked.isEmpty() && !asked.equals(hash(types))) {
      exchange.respond(Response.empty(301).with("location", address(prefix, hash(types))));
      return;
    }
    send(exchange, v3(prefix, types), !asked.isEmpty());
  }

  private static void send(Exchange exchange, Document document, boolean immutable) {
    String etag = '"' + document.hash() + '"';
    Headers headers =
        Headers.of("content-type", document.contentType(), "etag", etag, "vary", "Accept-Encoding");
    headers =
        immutable
            ? headers.with("cache-control", "public, immutable, max-age=31536000")
            : headers.with("cache-control", "no-cache, private");
    if (etag.equals(exchange.header("if-none-match"))) {
      exchange.respond(new Response(304, headers, new byte[0]));
      return;
    }
    @Nullable String encodings = exchange.header("accept-encoding");
    boolean gzip = encodings != null && encodings.contains("gzip");
    exchange.respond(
        gzip
            ? new Response(200, headers.with("content-encoding", "gzip"), document.gzipped())
            : new Response(200, headers, document.plain()));
  }
}
