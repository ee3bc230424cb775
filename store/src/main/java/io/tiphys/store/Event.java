package io.tiphys.store;

import org.jspecify.annotations.Nullable;

/**
 * A change that a watch reports.
 *
 * @param current the new state; for a deletion a {@link KeyValue} with the deletion's {@code
 *     modRevision}, {@code createRevision} 0 and an empty value
 * @param previous the state before; null if the key was created
 */
public record Event(Type type, KeyValue current, @Nullable KeyValue previous) {

  /** What happened to the key. */
  public enum Type {
    PUT,
    DELETE
  }

  public long revision() {
    return current.modRevision();
  }
}
