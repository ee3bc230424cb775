package io.tiphys.apiserver.registry;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import io.tiphys.store.Event;
import io.tiphys.store.Range;
import io.tiphys.store.Store;
import io.tiphys.store.StoreException;
import io.tiphys.store.Watch;
import io.tiphys.store.WatchListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of everything stored, kept up to date by one watch over the whole store: reads are
 * answered from here, and one stream of changes feeds all watches. Since there is one watch, one
 * number says how far all resources are: {@link #revision()}.
 */
public final class WatchCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchCache.class);
  private static final String ROOT = "/registry/";

  /** How long a read waits for the cache; upstream's {@code blockTimeout}. */
  private static final Duration FRESHNESS = Duration.ofSeconds(3);

  /** How long a write waits for its own change to arrive here. */
  private static final Duration ECHO = Duration.ofSeconds(30);

  private final Store store;
  private final RevisionGate gate = new RevisionGate();
  private final Map<String, ResourceCache> byPrefix = new HashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("watch-", 0).factory());
  private @Nullable Watch watch;
  private volatile boolean closed;

  /**
   * @param prefixes of all resources, as in {@link
   *     io.tiphys.apiserver.resource.ResourceType#storagePrefix()}
   */
  public WatchCache(Store store, Collection<String> prefixes, InstantSource clock) {
    this.store = store;
    for (String prefix : new HashSet<>(prefixes)) {
      byPrefix.put(prefix, new ResourceCache(ROOT + prefix + "/", clock, gate, threads));
    }
  }

  /** Reads everything and begins to follow the store. */
  public synchronized void start() {
    long revision = store.revision();
    for (ResourceCache cache : byPrefix.values()) {
      cache.load(revision, store.range(Range.prefix(cache.prefix()).at(revision)).items());
    }
    gate.advance(revision);
    watch = store.watch(ROOT, Range.endOf(ROOT), revision + 1, new Follower());
  }

  /** Ends all watches and stops following the store. */
  @Override
  public synchronized void close() {
    closed = true;
    if (watch != null) {
      watch.close();
    }
    threads.shutdown();
  }

  /** The cache of a resource. */
  public ResourceCache resource(String storagePrefix) {
    ResourceCache cache = byPrefix.get(storagePrefix);
    if (cache == null) {
      throw new IllegalArgumentException("nothing is stored under " + storagePrefix);
    }
    return cache;
  }

  /** All changes up to this revision are in. */
  public long revision() {
    return gate.reached();
  }

  /** Whether the cache holds every acknowledged write without waiting. */
  public boolean alwaysFresh() {
    return store.exclusive();
  }

  /** Waits until every write that was acknowledged by now is in; for virtual threads. */
  public void awaitFresh() {
    if (!store.exclusive()) {
      awaitAtLeast(store.revision());
    }
  }

  /**
   * Waits until a revision that a client has named is in; for virtual threads.
   *
   * @throws ApiException Timeout, as upstream says it, if that takes too long
   */
  public void awaitAtLeast(long revision) {
    if (!gate.await(revision, FRESHNESS)) {
      throw tooLarge(revision, gate.reached());
    }
  }

  /** Waits until a write of this process is in; for virtual threads. */
  public void awaitWritten(long revision) {
    if (!gate.await(revision, ECHO)) {
      throw ApiException.of(
          Reason.SERVER_TIMEOUT,
          "the write at revision " + revision + " has happened, but has not become visible",
          JsonObject.of("retryAfterSeconds", 1));
    }
  }

  private static ApiException tooLarge(long asked, long current) {
    String text = "Too large resource version: " + asked + ", current: " + current;
    JsonObject cause =
        JsonObject.of("reason", "ResourceVersionTooLarge", "message", "Too large resource version");
    return ApiException.of(
        Reason.TIMEOUT,
        "Timeout: " + text,
        JsonObject.of("causes", io.tiphys.model.json.JsonArray.of(cause), "retryAfterSeconds", 1));
  }

  private void restart(StoreException cause) {
    if (closed) {
      return;
    }
    LOG.warn("reading the store anew: its watch has ended", cause);
    while (!closed) {
      try {
        start();
        return;
      } catch (StoreException e) {
        LOG.warn("the store cannot be read", e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable ResourceCache cacheOf(String key) {
    int first = key.indexOf('/', ROOT.length());
    if (first < 0) {
      return null;
    }
    ResourceCache cache = byPrefix.get(key.substring(ROOT.length(), first));
    if (cache != null) {
      return cache;
    }
    int second = key.indexOf('/', first + 1);
    return second < 0 ? null : byPrefix.get(key.substring(ROOT.length(), second));
  }

  private final class Follower implements WatchListener {
    private final List<ResourceCache> touched = new ArrayList<>();
    private final Set<ResourceCache> seen = new HashSet<>();

    @Override
    public void onEvents(long revision, List<Event> events) {
      for (Event event : events) {
        ResourceCache cache = cacheOf(event.current().key());
        if (cache != null) {
          cache.apply(event);
          if (seen.add(cache)) {
            touched.add(cache);
          }
        }
      }
      touched.forEach(ResourceCache::publish);
      gate.advance(revision);
      touched.forEach(ResourceCache::signal);
      touched.clear();
      seen.clear();
    }

    @Override
    public void onEnd(StoreException cause) {
      if (!closed) {
        threads.execute(() -> restart(cause));
      }
    }
  }
}
