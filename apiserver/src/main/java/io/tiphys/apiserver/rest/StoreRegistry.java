package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.Registry;
import io.tiphys.apiserver.registry.ResourceCache;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.resource.Reservation;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.schema.Shape;
import io.tiphys.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The stored objects for the server's own parts. */
public final class StoreRegistry implements Registry {
  private final Store store;
  private final WatchCache cache;
  private final InstantSource clock;
  private final Objects objects;
  private final Map<GroupResource, Reservation> reservations = new HashMap<>();
  private final ObjectWriter writer;
  private final ObjectDeleter deleter;
  private final Defaulting defaulting = new Defaulting();

  /**
   * @param eventTtl how long events are kept
   */
  public StoreRegistry(
      Store store,
      WatchCache cache,
      ResourceCatalog catalog,
      InstantSource clock,
      Duration eventTtl) {
    this.store = store;
    this.cache = cache;
    this.clock = clock;
    this.objects = new Objects(store, cache, new EventLeases(store, clock, eventTtl));
    this.writer =
        new ObjectWriter(
            objects, AdmissionChain.EMPTY, new FieldOwners(catalog), reservations, clock);
    this.deleter = new ObjectDeleter(objects, AdmissionChain.EMPTY, reservations, clock);
  }

  /**
   * Has writes reserve what they need from pools. The pools read this registry, so they come after
   * it; to be called before the first write.
   */
  public void useReservations(Map<GroupResource, Reservation> pools) {
    reservations.putAll(pools);
  }

  Objects objects() {
    return objects;
  }

  Store store() {
    return store;
  }

  WatchCache cache() {
    return cache;
  }

  InstantSource clock() {
    return clock;
  }

  private ResourceCache cacheOf(ResourceType type) {
    return objects.cache(type);
  }

  @Override
  public Optional<JsonObject> cached(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(cacheOf(type).get(type.key(namespace, name)))
        .map(CachedObject::tree);
  }

  @Override
  public Collection<JsonObject> cached(ResourceType type, String namespace) {
    ResourceCache.Cursor cursor = cacheOf(type).snapshot().under(type.prefix(namespace));
    List<JsonObject> all = new ArrayList<>();
    for (CachedObject o = cursor.next(); o != null; o = cursor.next()) {
      all.add(o.tree());
    }
    return all;
  }

  @Override
  public long lastChange(ResourceType type) {
    return cacheOf(type).lastChange();
  }

  @Override
  public Optional<JsonObject> get(ResourceType type, String namespace, String name) {
    CachedObject object = objects.latest(type, type.key(namespace, name)).object();
    return Optional.ofNullable(object).map(CachedObject::tree);
  }

  @Override
  public JsonObject create(ResourceType type, String namespace, JsonObject object) {
    String home = type.namespaced() ? namespace : "";
    Write write = write(type, null, home, "", "create", "CreateOptions");
    return writer.create(write, complete(type, object)).tree();
  }

  @Override
  public JsonObject update(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<JsonObject> change) {
    Subresource part = subresource.isEmpty() ? null : type.subresources().get(subresource);
    String home = type.namespaced() ? namespace : "";
    Write write = write(type, part, home, name, "update", "UpdateOptions");
    return writer
        .update(write, current -> complete(type, change.apply(current)), null, true)
        .tree();
  }

  private JsonObject complete(ResourceType type, JsonObject object) {
    ResourceType stored = type.stored();
    JsonObject named =
        object.with("apiVersion", stored.kind().apiVersion()).with("kind", stored.kind().kind());
    JsonObject fit = stored.schema() == null ? named : Shape.fit(named, stored.schema()).value();
    return defaulting.defaulted(stored, fit);
  }

  @Override
  public void delete(ResourceType type, String namespace, String name, JsonObject options) {
    DeleteOptions how = DeleteOptions.of(options, Map.of());
    String home = type.namespaced() ? namespace : "";
    Write write =
        new Write(
            context(type, home, name, "", "delete"),
            type.stored(),
            null,
            home,
            name,
            WriteOptions.forDelete(how),
            Write.Origin.SERVER);
    deleter.delete(write, how);
  }

  private Write write(
      ResourceType type,
      @Nullable Subresource part,
      String namespace,
      String name,
      String verb,
      String options) {
    String partName = part == null ? "" : part.name();
    return new Write(
        context(type, namespace, name, partName, verb),
        type.stored(),
        part,
        namespace,
        name,
        WriteOptions.internal(options),
        Write.Origin.SERVER);
  }

  /** The server's own requests are nobody's but its own. */
  private RequestContext context(
      ResourceType type, String namespace, String name, String part, String verb) {
    UserInfo self = UserInfo.apiServer();
    return new RequestContext(
        new RequestInfo(
            true,
            "",
            verb,
            type.resource().group(),
            type.resource().version(),
            namespace,
            type.resource().resource(),
            part,
            name,
            ""),
        self,
        self,
        Map.of(),
        "",
        "",
        clock.instant(),
        new CopyOnWriteArrayList<>());
  }
}
