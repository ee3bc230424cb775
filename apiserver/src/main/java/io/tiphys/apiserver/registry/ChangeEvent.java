package io.tiphys.apiserver.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A change in a resource's log, which is a linked list: a watch is nothing but a place in it. What
 * is sent for a change in the storage version is made once, whoever watches.
 */
public final class ChangeEvent {
  /** What a watch reports; which one depends on the watch's selectors. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED;

    private final String opening = "{\"type\":\"" + name() + "\",\"object\":";
  }

  private final long sequence;
  private final long revision;
  private final @Nullable CachedObject previous;
  private final @Nullable CachedObject current;
  private final long atMillis;
  private @Nullable CachedObject removed;
  private byte @Nullable [] added;
  private byte @Nullable [] modified;
  private byte @Nullable [] deleted;
  private volatile @Nullable ChangeEvent next;

  ChangeEvent(
      long sequence,
      long revision,
      @Nullable CachedObject previous,
      @Nullable CachedObject current,
      long atMillis) {
    this.sequence = sequence;
    this.revision = revision;
    this.previous = previous;
    this.current = current;
    this.atMillis = atMillis;
  }

  public long revision() {
    return revision;
  }

  /** The state before; null if the object was created. */
  public @Nullable CachedObject previous() {
    return previous;
  }

  /** The state after; null if the object was deleted. */
  public @Nullable CachedObject current() {
    return current;
  }

  /**
   * What a watch sends as the object: for a deletion the last state, at the deletion's revision.
   */
  CachedObject object(Type type) {
    if (type != Type.DELETED && current != null) {
      return current;
    }
    CachedObject last = removed;
    if (last == null) {
      if (previous == null) {
        throw new IllegalStateException("a deletion of nothing");
      }
      last = previous.deletedAt(revision);
      removed = last;
    }
    return last;
  }

  /** {@code {"type":"ADDED","object":{...}}} and a new line; always the same array. */
  public byte[] frame(Type type) {
    byte[] frame =
        switch (type) {
          case ADDED -> added;
          case MODIFIED -> modified;
          case DELETED -> deleted;
        };
    if (frame == null) {
      // Two threads may both make it; either array will do.
      frame = frame(type, object(type).json());
      switch (type) {
        case ADDED -> added = frame;
        case MODIFIED -> modified = frame;
        case DELETED -> deleted = frame;
      }
    }
    return frame;
  }

  /** A watch's line in JSON around an encoded object. */
  public static byte[] frame(Type type, byte[] object) {
    byte[] opening = type.opening.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = Arrays.copyOf(opening, opening.length + object.length + 2);
    System.arraycopy(object, 0, frame, opening.length, object.length);
    frame[frame.length - 2] = '}';
    frame[frame.length - 1] = '\n';
    return frame;
  }

  long sequence() {
    return sequence;
  }

  long atMillis() {
    return atMillis;
  }

  @Nullable ChangeEvent next() {
    return next;
  }

  void setNext(@Nullable ChangeEvent event) {
    next = event;
  }
}
