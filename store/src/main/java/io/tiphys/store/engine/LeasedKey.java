package io.tiphys.store.engine;

import io.tiphys.store.KeyOrder;
import java.util.Comparator;

/** A key that goes when its lease goes. */
record LeasedKey(long lease, String key) {
  static final Comparator<LeasedKey> ORDER =
      Comparator.comparingLong(LeasedKey::lease).thenComparing(LeasedKey::key, KeyOrder.UTF_8);
}
