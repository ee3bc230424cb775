package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A list in JSON, put together from its objects' stored encodings. */
public final class ListBody implements Chunks {
  private static final byte[] TAIL = {']', '}'};

  private final byte[] head;
  private final JoinedObjects objects;
  private int next = -1; // the chunk to come, after the head
  private boolean ended;

  /** A list of objects in the storage version. */
  public ListBody(ResourceType type, JsonObject metadata, JoinedObjects objects) {
    this.objects = objects;
    this.head =
        ("{\"kind\":"
                + JsonString.of(type.kind().kind() + "List")
                + ",\"apiVersion\":"
                + JsonString.of(type.kind().apiVersion())
                + ",\"metadata\":"
                + metadata
                + ",\"items\":[")
            .getBytes(StandardCharsets.UTF_8);
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
    if (ended) {
      return null;
    }
    int index = next++;
    if (index < 0) {
      return beginning();
    }
    byte[] chunk = objects.chunk(index);
    ended = chunk == null;
    return ended ? TAIL : chunk;
  }

  /** All of a short list, or the head of a long one. */
  private byte[] beginning() {
    byte[] first = objects.chunk(0);
    if (first != null && objects.chunk(1) != null) {
      return head;
    }
    ended = true;
    int size = first == null ? 0 : first.length;
    byte[] all = Arrays.copyOf(head, head.length + size + TAIL.length);
    if (first != null) {
      System.arraycopy(first, 0, all, head.length, size);
    }
    System.arraycopy(TAIL, 0, all, head.length + size, TAIL.length);
    return all;
  }
}
