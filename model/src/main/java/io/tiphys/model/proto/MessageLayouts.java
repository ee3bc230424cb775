package io.tiphys.model.proto;

import io.tiphys.model.schema.StructType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The layouts of the types that were met so far. */
final class MessageLayouts {
  private final Map<StructType, MessageLayout> known = new ConcurrentHashMap<>();

  MessageLayout of(StructType type) {
    MessageLayout layout = known.get(type);
    return layout != null ? layout : known.computeIfAbsent(type, MessageLayout::of);
  }
}
