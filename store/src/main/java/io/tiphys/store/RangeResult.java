package io.tiphys.store;

import java.util.List;

/**
 * Keys in order.
 *
 * @param revision the store's revision when this was read
 * @param count keys in the whole range, whatever the limit
 */
public record RangeResult(long revision, List<KeyValue> items, long count) {
  public RangeResult {
    items = List.copyOf(items);
  }

  /** Whether the limit cut keys off. */
  public boolean more() {
    return count > items.size();
  }
}
