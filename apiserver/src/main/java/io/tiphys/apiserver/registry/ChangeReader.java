package io.tiphys.apiserver.registry;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a resource's state and changes as one watcher sees them: only objects under its prefix that
 * it selects. An object that comes to match is ADDED to it, one that no longer matches is DELETED.
 * Confined to one thread at a time.
 */
public final class ChangeReader {
  private final ResourceCache cache;
  private final EventLog log;
  private final String prefix;
  private final Predicate<CachedObject> selected;
  private ResourceCache.@Nullable Cursor initial;
  private boolean marks;
  private ChangeEvent place;
  private long seen;

  /** What a reader finds next. */
  public sealed interface Step {
    /**
     * An object to report.
     *
     * @param event the change behind it; null for the initial state
     */
    record Report(ChangeEvent.Type type, CachedObject object, @Nullable ChangeEvent event)
        implements Step {}

    /** The initial state has been reported, as of this revision. */
    record InitialEnd(long revision) implements Step {}

    /** Nothing more for now. */
    record Idle() implements Step {}

    /** The reader fell too far behind, or the cache was read anew. */
    record Lost() implements Step {}
  }

  private static final Step IDLE = new Step.Idle();
  private static final Step LOST = new Step.Lost();

  private ChangeReader(
      ResourceCache cache,
      EventLog log,
      String prefix,
      Predicate<CachedObject> selected,
      ChangeEvent place,
      long seen) {
    this.cache = cache;
    this.log = log;
    this.prefix = prefix;
    this.selected = selected;
    this.place = place;
    this.seen = seen;
  }

  /** A reader; empty if changes after the start are gone already, which {@link #floor} explains. */
  public static Optional<ChangeReader> open(
      ResourceCache cache, WatchStart start, String prefix, Predicate<CachedObject> selected) {
    EventLog log = cache.log();
    return switch (start) {
      case WatchStart.State(boolean marked) -> {
        // The place first: what is appended in between is skipped by its revision.
        ChangeEvent end = log.end();
        ResourceCache.Snapshot now = cache.snapshot();
        ChangeReader reader = new ChangeReader(cache, log, prefix, selected, end, now.revision());
        reader.initial = now.under(prefix);
        reader.marks = marked;
        yield Optional.of(reader);
      }
      case WatchStart.Now _ ->
          Optional.of(new ChangeReader(cache, log, prefix, selected, log.end(), 0));
      case WatchStart.After(long revision) ->
          log.after(revision)
              .map(place -> new ChangeReader(cache, log, prefix, selected, place, revision));
    };
  }

  /** All changes after this revision can still be read. */
  public static long floor(ResourceCache cache) {
    return cache.log().floor();
  }

  /** Whether the reader can only end. */
  public boolean isLost() {
    return log.outdated(place) || cache.log() != log;
  }

  public Step next() {
    if (initial != null) {
      CachedObject object;
      while ((object = initial.next()) != null) {
        if (selected.test(object)) {
          return new Step.Report(ChangeEvent.Type.ADDED, object, null);
        }
      }
      initial = null;
      if (marks) {
        return new Step.InitialEnd(seen);
      }
    }
    while (true) {
      ChangeEvent next = place.next();
      if (next == null) {
        return isLost() ? LOST : IDLE;
      }
      place = next;
      if (next.revision() > seen) {
        ChangeEvent.Type type = type(next);
        if (type != null) {
          return new Step.Report(type, next.object(type), next);
        }
      }
    }
  }

  /** How a change looks to this watcher; null if not at all. */
  private ChangeEvent.@Nullable Type type(ChangeEvent event) {
    CachedObject before = event.previous();
    CachedObject after = event.current();
    CachedObject any = after == null ? before : after;
    if (any == null || !any.key().startsWith(prefix)) {
      return null;
    }
    boolean was = before != null && selected.test(before);
    boolean is = after != null && selected.test(after);
    if (is) {
      return was ? ChangeEvent.Type.MODIFIED : ChangeEvent.Type.ADDED;
    }
    return was ? ChangeEvent.Type.DELETED : null;
  }
}
