package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ResourceCache;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A list in JSON, put together from its objects' stored encodings. */
public final class ListBody implements Chunks {
  private static final int CHUNK = 64 * 1024;

  private final ResourceCache.Cursor objects;
  private byte[] buffer = new byte[4096];
  private int size;
  private boolean first = true;
  private boolean ended;

  /** A list of objects in the storage version. */
  public ListBody(ResourceType type, JsonObject metadata, ResourceCache.Cursor objects) {
    this.objects = objects;
    String head =
        "{\"kind\":"
            + JsonString.of(type.kind().kind() + "List")
            + ",\"apiVersion\":"
            + JsonString.of(type.kind().apiVersion())
            + ",\"metadata\":"
            + metadata
            + ",\"items\":[";
    append(head.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A list's {@code metadata}.
   *
   * @param next the token for the next page; "" if this is the last
   * @param remaining how many objects follow; negative if that is not known
   */
  public static JsonObject metadata(long revision, String next, long remaining) {
    JsonObject metadata = JsonObject.of("resourceVersion", Long.toString(revision));
    if (!next.isEmpty()) {
      metadata = metadata.with("continue", next);
    }
    return remaining > 0 ? metadata.with("remainingItemCount", remaining) : metadata;
  }

  @Override
  public byte @Nullable [] next() {
    while (!ended && size < CHUNK) {
      CachedObject object = objects.next();
      if (object == null) {
        append(new byte[] {']', '}'});
        ended = true;
      } else {
        byte[] json = object.json();
        reserve(json.length + 1);
        if (!first) {
          buffer[size++] = ',';
        }
        first = false;
        append(json);
      }
    }
    if (size == 0) {
      return null;
    }
    byte[] chunk = size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    buffer = ended ? new byte[0] : new byte[CHUNK + CHUNK / 4];
    size = 0;
    return chunk;
  }

  private void append(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void reserve(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
