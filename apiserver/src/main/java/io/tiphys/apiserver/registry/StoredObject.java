package io.tiphys.apiserver.registry;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonWriter;
import io.tiphys.store.StoreException;
import io.tiphys.store.Value;

/**
 * An object as it lies in the store: its tree in the storage version, without resourceVersion, and
 * the one encoding of it. The resourceVersion is known only after the write; the place where it
 * stands in the encoding is remembered, so that it can be filled in without encoding again.
 */
public final class StoredObject implements Value {
  private final JsonObject tree;
  private final byte[] bytes;
  private final int gap;

  private StoredObject(JsonObject tree) {
    this.tree = tree;
    JsonWriter.Gapped encoded = JsonWriter.writeWithGap(tree, "metadata", "resourceVersion");
    this.bytes = encoded.bytes();
    this.gap = encoded.gap();
  }

  /** An object that is about to be written; a resourceVersion in it is dropped. */
  public static StoredObject of(JsonObject tree) {
    return new StoredObject(tree.withoutAt("metadata", "resourceVersion"));
  }

  /**
   * The object behind a value that a store gave back: the very one that was put, or a decoded one.
   *
   * @throws StoreException {@code CORRUPT} if it is no object
   */
  static StoredObject of(String key, Value value) {
    if (value instanceof StoredObject stored) {
      return stored;
    }
    try {
      if (Json.parse(value.bytes()) instanceof JsonObject object) {
        return of(object);
      }
    } catch (JsonException e) {
      throw new StoreException(StoreException.Kind.CORRUPT, key + " cannot be read", e);
    }
    throw new StoreException(StoreException.Kind.CORRUPT, key + " is not an object");
  }

  JsonObject tree() {
    return tree;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  /** Where {@code "resourceVersion":"1",} belongs; negative if there is no such place. */
  int gap() {
    return gap;
  }
}
