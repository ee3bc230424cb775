package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.catalog.BuiltInKinds;
import io.tiphys.apiserver.catalog.BuiltInResources;
import io.tiphys.apiserver.http.HttpLimits;
import io.tiphys.apiserver.http.HttpServer;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.pipeline.ApiServer;
import io.tiphys.apiserver.pipeline.Deadlines;
import io.tiphys.apiserver.pipeline.InFlight;
import io.tiphys.apiserver.pipeline.PathHandlers;
import io.tiphys.apiserver.pipeline.Requests;
import io.tiphys.apiserver.registry.StoredObject;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.representation.Codecs;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.representation.Tables;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.table.BuiltInColumns;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.schema.Schema;
import io.tiphys.store.Compare;
import io.tiphys.store.Op;
import io.tiphys.store.Store;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import io.tiphys.store.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** An API server on a memory store behind the real transport, where everybody may do everything. */
public final class TestServer implements AutoCloseable {
  public final Store store = new MemoryStore();
  public final StoreRegistry registry;
  public final BuiltInResources catalog;
  private final WatchCache cache;
  private final HttpServer server;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What a test may choose. */
  public record Setup(
      Behaviours behaviours, AdmissionChain admission, Authorizer authorizer, InFlight inFlight) {
    public static final Setup PLAIN =
        new Setup(
            Behaviours.NONE,
            AdmissionChain.EMPTY,
            _ -> Verdict.allow("test"),
            new InFlight(InFlight.READING, InFlight.MUTATING));

    public Setup with(Behaviours other) {
      return new Setup(other, admission, authorizer, inFlight);
    }

    public Setup with(AdmissionChain other) {
      return new Setup(behaviours, other, authorizer, inFlight);
    }

    public Setup with(Authorizer other) {
      return new Setup(behaviours, admission, other, inFlight);
    }

    public Setup with(InFlight other) {
      return new Setup(behaviours, admission, authorizer, other);
    }
  }

  public TestServer() {
    this(Setup.PLAIN);
  }

  public TestServer(Setup setup) {
    InstantSource clock = InstantSource.system();
    Schema schema = Schema.kubernetes();
    AtomicReference<StoredObjects> objects = new AtomicReference<>();
    Behaviours behaviours = BuiltInKinds.behaviours(objects::get, clock).and(setup.behaviours());
    catalog = new BuiltInResources(kind -> schema.kind(kind).orElse(null), behaviours);
    cache = new WatchCache(store, BuiltInResources.storagePrefixes(), clock);
    cache.start();
    registry = new StoreRegistry(store, cache, catalog, clock, Duration.ofHours(1));
    registry.useReservations(behaviours.reservations());
    objects.set(new StoredObjects(registry, catalog));
    Representation representation =
        new Representation(new Tables(BuiltInColumns::of, clock), Codecs.of(schema));
    ResourceHandler resources =
        RestHandlers.of(
            registry,
            catalog,
            behaviours,
            setup.admission(),
            setup.authorizer(),
            representation,
            timer);
    ApiServer pipeline =
        new ApiServer(
            new ApiServer.Parts(
                _ -> Optional.of(UserInfo.of("tester", UserInfo.ALL_AUTHENTICATED)),
                setup.authorizer(),
                setup.inFlight(),
                new Deadlines(Duration.ofSeconds(60), clock, timer),
                catalog,
                resources,
                new PathHandlers(Map.of()),
                new Answers(representation),
                Requests.UNHEARD,
                clock));
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            null,
            HttpLimits.DEFAULT,
            pipeline);
  }

  /** An answer with its body as a tree. */
  public record Answer(int status, JsonObject body, HttpResponse<byte[]> raw) {
    public String message() {
      return body.string("message");
    }

    public String reason() {
      return body.string("reason");
    }

    public JsonObject metadata() {
      return body.object("metadata");
    }

    public String name() {
      return metadata().string("name");
    }

    public String resourceVersion() {
      return metadata().string("resourceVersion");
    }
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  public Answer put(String path, String body) {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  public Answer delete(String path, String body) {
    return send(request(path).method("DELETE", BodyPublishers.ofString(body)));
  }

  /**
   * Patches an object.
   *
   * @param kind json, merge, strategic-merge or apply
   */
  public Answer patch(String path, String kind, String body) {
    String type =
        switch (kind) {
          case "apply" -> "application/apply-patch+yaml";
          default -> "application/" + kind + "-patch+json";
        };
    return send(
        request(path)
            .setHeader("Content-Type", type)
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.address().getPort() + path))
        .timeout(Duration.ofSeconds(20))
        .setHeader("Content-Type", "application/json");
  }

  public Answer send(HttpRequest.Builder request) {
    HttpResponse<byte[]> raw = raw(request);
    String type = raw.headers().firstValue("content-type").orElse("");
    JsonObject body =
        type.startsWith("application/json") && Json.parse(raw.body()) instanceof JsonObject o
            ? o
            : JsonObject.EMPTY;
    return new Answer(raw.statusCode(), body, raw);
  }

  public HttpResponse<byte[]> raw(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts an object behind the server's back, as another server with the same store would. */
  public void store(String key, String object) {
    JsonObject tree = (JsonObject) Json.parse(object.getBytes(StandardCharsets.UTF_8));
    Txn txn =
        new Txn(List.of(new Compare(key, 0)), List.of(new Op.Put(key, StoredObject.of(tree), 0)));
    if (store.txn(txn) instanceof TxnResult.Committed(long revision)) {
      cache.awaitWritten(revision);
    } else {
      throw new IllegalStateException(key + " is there already");
    }
  }

  /** Opens a watch. */
  public TestWatch watch(String path) {
    return watch(request(path));
  }

  public TestWatch watch(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          client.send(request.GET().build(), BodyHandlers.ofInputStream());
      return new TestWatch(response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    timer.shutdownNow();
    cache.close();
    store.close();
  }
}
