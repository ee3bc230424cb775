package io.tiphys.apiserver.registry;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.store.KeyValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An object at a revision, with the bytes that every get, list and watch in the storage version
 * sends: {@link StoredObject}'s encoding with the resourceVersion filled in, made once.
 */
public final class CachedObject {
  private static final byte[] BEFORE = "\"resourceVersion\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "\",".getBytes(StandardCharsets.US_ASCII);

  private final String key;
  private final StoredObject stored;
  private final long revision;
  private final JsonObject tree;
  private byte @Nullable [] json;

  public CachedObject(String key, StoredObject stored, long revision) {
    this.key = key;
    this.stored = stored;
    this.revision = revision;
    this.tree =
        stored
            .tree()
            .with(
                "metadata",
                stored
                    .tree()
                    .object("metadata")
                    .with("resourceVersion", JsonString.of(Long.toString(revision))));
  }

  /** What a store gave back. */
  public static CachedObject of(KeyValue item) {
    return new CachedObject(
        item.key(), StoredObject.of(item.key(), item.value()), item.modRevision());
  }

  /** In the store: {@code /registry/pods/NAMESPACE/NAME}. */
  public String key() {
    return key;
  }

  /** The object itself, with its resourceVersion. */
  public JsonObject tree() {
    return tree;
  }

  /** The revision of its last change, or of its deletion. */
  public long revision() {
    return revision;
  }

  StoredObject stored() {
    return stored;
  }

  /** The encoding of {@link #tree()}; always the same array, which nobody changes. */
  public byte[] json() {
    byte[] made = json;
    if (made == null) {
      // Two threads may both make it; either array will do.
      made = encode();
      json = made;
    }
    return made;
  }

  private byte[] encode() {
    int gap = stored.gap();
    if (gap < 0) {
      return tree.toBytes();
    }
    byte[] from = stored.bytes();
    byte[] number = Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
    int more = BEFORE.length + number.length + AFTER.length;
    byte[] to = new byte[from.length + more];
    System.arraycopy(from, 0, to, 0, gap);
    System.arraycopy(BEFORE, 0, to, gap, BEFORE.length);
    System.arraycopy(number, 0, to, gap + BEFORE.length, number.length);
    System.arraycopy(AFTER, 0, to, gap + BEFORE.length + number.length, AFTER.length);
    System.arraycopy(from, gap, to, gap + more, from.length - gap);
    return to;
  }

  /** The last state of an object that was deleted at a revision. */
  CachedObject deletedAt(long deletion) {
    return new CachedObject(key, stored, deletion);
  }

  /** {@code metadata.name}. */
  public String name() {
    return tree.object("metadata").string("name");
  }

  /** {@code metadata.namespace}; "" if it has none. */
  public String namespace() {
    return tree.object("metadata").string("namespace");
  }
}
