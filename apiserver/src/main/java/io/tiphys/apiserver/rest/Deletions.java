package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Timestamps;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what a DELETE does to an object; pure. */
final class Deletions {
  static final String ORPHAN = "orphan";
  static final String FOREGROUND = "foregroundDeletion";

  private Deletions() {}

  /** What is to happen. */
  sealed interface Decision {
    /** It is being deleted already, and not later than asked. */
    record Nothing() implements Decision {}

    /** It stays for a while, marked. */
    record Mark(JsonObject object) implements Decision {}

    /** Nothing holds it. */
    record Remove() implements Decision {}
  }

  /**
   * @param orphansByDefault what becomes of dependents where the client does not say
   */
  static Decision decide(
      JsonObject object,
      Strategy strategy,
      DeleteOptions options,
      boolean orphansByDefault,
      Instant now) {
    JsonObject metadata = object.object("metadata");
    Long asked = options.gracePeriodSeconds();
    long pending = metadata.number("deletionGracePeriodSeconds", 0);
    if (metadata.has("deletionTimestamp") && pending > 0) {
      return asked == null || asked >= pending
          ? new Decision.Nothing()
          : shortened(object, strategy, pending, asked);
    }
    JsonObject marked =
        metadata.with("finalizers", finalizers(metadata, options, orphansByDefault));
    if (marked.array("finalizers").isEmpty()) {
      marked = marked.without("finalizers");
    }
    if (!metadata.has("deletionTimestamp")) {
      long grace = strategy.gracePeriodSeconds(object, asked);
      marked =
          Generations.next(marked)
              .with("deletionTimestamp", Timestamps.format(now.plusSeconds(grace)))
              .with("deletionGracePeriodSeconds", grace);
    }
    JsonObject result = strategy.beginDeletion(object.with("metadata", marked));
    if (isFinished(strategy, result)) {
      return new Decision.Remove();
    }
    return result.equals(object) ? new Decision.Nothing() : new Decision.Mark(result);
  }

  private static Decision shortened(
      JsonObject object, Strategy strategy, long pending, long asked) {
    JsonObject metadata = object.object("metadata");
    Instant end = Timestamps.parse(metadata.string("deletionTimestamp"));
    JsonObject sooner =
        object.with(
            "metadata",
            metadata
                .with("deletionTimestamp", Timestamps.format(end.minusSeconds(pending - asked)))
                .with("deletionGracePeriodSeconds", JsonNumber.of(asked)));
    return isFinished(strategy, sooner) ? new Decision.Remove() : new Decision.Mark(sooner);
  }

  /** Whether a deleted object waits for nothing any more. */
  static boolean isFinished(Strategy strategy, JsonObject object) {
    JsonObject metadata = object.object("metadata");
    return metadata.has("deletionTimestamp")
        && metadata.number("deletionGracePeriodSeconds", 0) == 0
        && metadata.array("finalizers").isEmpty()
        && strategy.finalized(object);
  }

  /** The finalizers that have the garbage collector do what is wanted of dependents. */
  private static JsonArray finalizers(
      JsonObject metadata, DeleteOptions options, boolean orphansByDefault) {
    Set<String> names =
        metadata.array("finalizers").strings().collect(Collectors.toCollection(LinkedHashSet::new));
    boolean orphan = orphans(names, options, orphansByDefault);
    boolean foreground = inForeground(names, options);
    names.remove(ORPHAN);
    names.remove(FOREGROUND);
    if (orphan) {
      names.add(ORPHAN);
    }
    if (foreground) {
      names.add(FOREGROUND);
    }
    return JsonArray.ofStrings(names);
  }

  private static boolean orphans(
      Set<String> names, DeleteOptions options, boolean orphansByDefault) {
    if (options.orphanDependents().isPresent()) {
      return options.orphanDependents().get();
    }
    return switch (options.propagation().orElse(null)) {
      case ORPHAN -> true;
      case FOREGROUND, BACKGROUND -> false;
      case null -> names.contains(ORPHAN) || (orphansByDefault && !names.contains(FOREGROUND));
    };
  }

  private static boolean inForeground(Set<String> names, DeleteOptions options) {
    if (options.orphanDependents().isPresent()) {
      return false;
    }
    Optional<DeleteOptions.Propagation> propagation = options.propagation();
    return propagation.isPresent()
        ? propagation.get() == DeleteOptions.Propagation.FOREGROUND
        : names.contains(FOREGROUND);
  }
}
