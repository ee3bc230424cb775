package io.tiphys.store;

import java.util.List;

/** How a transaction ended. */
public sealed interface TxnResult {

  /** All conditions held; the changes are durable at this revision. */
  record Committed(long revision) implements TxnResult {}

  /**
   * A condition failed; nothing changed.
   *
   * @param current the state of the keys of the compares that exist, in the compares' order
   */
  record Failed(long revision, List<KeyValue> current) implements TxnResult {
    public Failed {
      current = List.copyOf(current);
    }
  }
}
