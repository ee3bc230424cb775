package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ResourceCache;
import io.tiphys.apiserver.registry.StoredObject;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.store.Compare;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Op;
import io.tiphys.store.Store;
import io.tiphys.store.Txn;
import io.tiphys.store.TxnResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects under keys: reads the latest, writes if nobody else has, and waits for the cache. */
final class Objects {
  private final Store store;
  private final WatchCache cache;
  private final EventLeases leases;

  Objects(Store store, WatchCache cache, EventLeases leases) {
    this.store = store;
    this.cache = cache;
    this.leases = leases;
  }

  /** The cache of a resource, whatever its version. */
  ResourceCache cache(ResourceType type) {
    return cache.resource(type.stored().storagePrefix());
  }

  /** The latest state. */
  CurrentState latest(ResourceType type, String key) {
    return store.exclusive()
        ? new CurrentState(cache(type).get(key))
        : new CurrentState(store.get(key).map(CachedObject::of).orElse(null));
  }

  /**
   * Writes an object, if the key is as it was.
   *
   * @param current the state to replace, with its resourceVersion; null to create
   * @throws Overtaken if the key is not as it was
   */
  Written put(
      ResourceType type,
      String key,
      JsonObject object,
      @Nullable JsonObject current,
      boolean dryRun) {
    Written.Effect effect = current == null ? Written.Effect.CREATED : Written.Effect.UPDATED;
    if (dryRun) {
      check(type, key, current);
      return new Written(effect, object, null);
    }
    StoredObject stored = StoredObject.of(object);
    Op op = new Op.Put(key, stored, leases.leaseFor(type));
    long revision = commit(key, current, op);
    CachedObject now = cache(type).get(key);
    CachedObject written =
        now != null && now.revision() == revision ? now : new CachedObject(key, stored, revision);
    return new Written(effect, written.tree(), written);
  }

  /**
   * Deletes an object, if the key is as it was.
   *
   * @param last the state to report
   * @throws Overtaken if the key is not as it was
   */
  Written remove(
      ResourceType type, String key, JsonObject last, JsonObject current, boolean dryRun) {
    if (dryRun) {
      check(type, key, current);
      return new Written(Written.Effect.DELETED, last, null);
    }
    long revision = commit(key, current, new Op.Delete(key));
    JsonObject gone = ObjectMeta.with(last, "resourceVersion", Long.toString(revision));
    return new Written(Written.Effect.DELETED, gone, null);
  }

  private long commit(String key, @Nullable JsonObject current, Op op) {
    Txn txn = new Txn(List.of(new Compare(key, revision(current))), List.of(op));
    return switch (store.txn(txn)) {
      case TxnResult.Committed(long revision) -> {
        cache.awaitWritten(revision);
        yield revision;
      }
      case TxnResult.Failed failed -> {
        List<KeyValue> there = failed.current();
        throw new Overtaken(
            new CurrentState(there.isEmpty() ? null : CachedObject.of(there.getFirst())));
      }
    };
  }

  private void check(ResourceType type, String key, @Nullable JsonObject current) {
    CurrentState now = latest(type, key);
    long there = now.object() == null ? 0 : now.object().revision();
    if (there != revision(current)) {
      throw new Overtaken(now);
    }
  }

  private static long revision(@Nullable JsonObject current) {
    return current == null
        ? 0
        : Long.parseLong(current.object("metadata").string("resourceVersion"));
  }
}
