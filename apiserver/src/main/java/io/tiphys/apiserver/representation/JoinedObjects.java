package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ResourceCache;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list's objects in JSON, joined by commas, in chunks. Chunks are made when somebody asks for
 * them and kept, so that clients who list the same state at the same time share them: a long list
 * costs little more than its encryption then.
 */
public final class JoinedObjects {
  private static final int CHUNK = 64 * 1024;

  private final ResourceCache.Cursor objects;
  private final List<byte[]> chunks = new ArrayList<>();
  private boolean complete;

  public JoinedObjects(ResourceCache.Cursor objects) {
    this.objects = objects;
  }

  /** A chunk, which nobody changes; null after the last. */
  synchronized byte @Nullable [] chunk(int index) {
    while (!complete && chunks.size() <= index) {
      join();
    }
    return index < chunks.size() ? chunks.get(index) : null;
  }

  private void join() {
    List<byte[]> pieces = new ArrayList<>();
    int size = 0;
    while (size < CHUNK) {
      CachedObject object = objects.next();
      if (object == null) {
        complete = true;
        break;
      }
      byte[] json = object.json();
      pieces.add(json);
      size += json.length + 1;
    }
    if (pieces.isEmpty()) {
      return;
    }
    boolean first = chunks.isEmpty();
    byte[] chunk = new byte[first ? size - 1 : size];
    int at = 0;
    for (byte[] piece : pieces) {
      if (at > 0 || !first) {
        chunk[at++] = ',';
      }
      System.arraycopy(piece, 0, chunk, at, piece.length);
      at += piece.length;
    }
    chunks.add(chunk);
  }
}
