package io.tiphys.store;

/** A change within a transaction. A transaction changes a key at most once. */
public sealed interface Op {
  String key();

  /**
   * Sets a value.
   *
   * @param lease a granted lease, or 0
   */
  record Put(String key, Value value, long lease) implements Op {}

  /** Deletes a key; nothing happens if it is absent. */
  record Delete(String key) implements Op {}
}
