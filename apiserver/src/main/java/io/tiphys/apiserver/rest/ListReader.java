package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ResourceCache;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.request.ListOptions;
import io.tiphys.apiserver.request.ResourceVersions;
import io.tiphys.model.status.ApiException;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Range;
import io.tiphys.store.Store;
import io.tiphys.store.StoreException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects of a list: now, no older than a revision, exactly at a revision, or where the
 * page before ended (Kubernetes documentation, "API Concepts", "Resource versions").
 */
final class ListReader {
  private final Store store;
  private final WatchCache cache;

  ListReader(Store store, WatchCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** Which state a list is of. */
  sealed interface Moment {
    /** What the cache holds, once it has seen this revision. */
    record AtLeast(long revision) implements Moment {}

    /** What every write acknowledged by now has led to. */
    record Latest() implements Moment {}

    /** A state of the past. */
    record Exactly(long revision) implements Moment {}
  }

  /**
   * A list's objects.
   *
   * @param revision the list's resourceVersion
   * @param total how many objects the cursor gives
   * @param state the same for all that is found under this prefix while nothing changes; null if
   *     the objects are of the past or not all under the prefix
   */
  record Found(ResourceCache.Cursor objects, long revision, int total, @Nullable Object state) {}

  /**
   * One page.
   *
   * @param next the token for the next page; "" if this is the last
   * @param remaining how many objects follow; -1 if that is not known
   */
  record Page(List<CachedObject> objects, long revision, String next, long remaining) {}

  static Moment moment(ListOptions options, Optional<ContinueToken> token) {
    if (token.isPresent()) {
      if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals("0")) {
        throw ApiException.badRequest(
            "specifying resource version is not allowed when using continue");
      }
      long revision = token.get().revision();
      return revision < 0 ? new Moment.Latest() : new Moment.Exactly(revision);
    }
    if (options.resourceVersion().isEmpty()) {
      return new Moment.Latest();
    }
    long revision = ResourceVersions.parse(options.resourceVersion());
    boolean exact =
        options.match().equals(ListOptions.EXACT)
            || (options.match().isEmpty() && options.limit() > 0 && revision > 0);
    return exact ? new Moment.Exactly(revision) : new Moment.AtLeast(revision);
  }

  /** Whether {@link #find} will not block. */
  boolean isAtHand(Moment moment, ResourceCache objects) {
    return switch (moment) {
      case Moment.AtLeast(long revision) -> revision <= cache.revision();
      case Moment.Latest _ -> cache.alwaysFresh();
      case Moment.Exactly(long revision) -> isCurrent(objects, revision);
    };
  }

  /** Whether nothing has changed since a revision, so that the present state is the past one. */
  private boolean isCurrent(ResourceCache objects, long revision) {
    return revision <= cache.revision() && objects.lastChange() <= revision;
  }

  /**
   * The objects under a prefix from a key on.
   *
   * @throws ApiException Timeout for a revision in the future, Expired for one that is gone
   */
  Found find(
      Moment moment,
      ResourceCache objects,
      String from,
      String prefix,
      Optional<ContinueToken> token) {
    switch (moment) {
      case Moment.AtLeast(long revision) -> cache.awaitAtLeast(revision);
      case Moment.Latest _ -> cache.awaitFresh();
      case Moment.Exactly(long revision) -> {
        cache.awaitAtLeast(revision);
        ResourceCache.Snapshot now = objects.snapshot();
        return isCurrent(objects, revision)
            ? found(now, revision, from, prefix)
            : past(revision, from, prefix, token);
      }
    }
    ResourceCache.Snapshot now = objects.snapshot();
    return found(now, now.revision(), from, prefix);
  }

  private static Found found(
      ResourceCache.Snapshot now, long revision, String from, String prefix) {
    return new Found(
        now.from(from, prefix),
        revision,
        now.count(from, prefix),
        from.equals(prefix) ? now.objects() : null);
  }

  private Found past(long revision, String from, String prefix, Optional<ContinueToken> token) {
    try {
      List<KeyValue> items = store.range(new Range(from, Range.endOf(prefix), revision, 0)).items();
      Iterator<KeyValue> iterator = items.iterator();
      return new Found(
          () -> iterator.hasNext() ? CachedObject.of(iterator.next()) : null,
          revision,
          items.size(),
          null);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.COMPACTED) {
        throw e;
      }
      throw token
          .map(ContinueToken::expired)
          .orElseGet(() ->
              ApiException.of(
                  io.tiphys.model.status.Reason.EXPIRED,
                  "The resourceVersion for the provided list is too old."));
    }
  }

  /**
   * @param limit objects on a page; 0 for all
   */
  static Page page(Found found, Selection selection, String prefix, long limit) {
    List<CachedObject> page = new ArrayList<>();
    int seen = 0;
    @Nullable CachedObject object;
    while ((object = found.objects().next()) != null) {
      if (selection.isEverything() || selection.matches(object.tree())) {
        if (limit > 0 && page.size() == limit) {
          String next =
              ContinueToken.after(page.getLast().key(), prefix, found.revision()).encode();
          long remaining = selection.isEverything() ? found.total() - seen : -1;
          return new Page(page, found.revision(), next, remaining);
        }
        page.add(object);
      }
      seen++;
    }
    return new Page(page, found.revision(), "", -1);
  }
}
