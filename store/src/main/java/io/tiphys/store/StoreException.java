package io.tiphys.store;

/** The store could not do what was asked; the kind says why and whether a retry can help. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What went wrong. */
  public enum Kind {
    /** The revision asked for has been compacted away. */
    COMPACTED(false),
    /** The revision asked for lies in the future. */
    FUTURE_REVISION(false),
    /** The lease is unknown or expired. */
    LEASE_NOT_FOUND(false),
    /** Disk full or failing: reads go on, writes are refused until space returns. */
    READ_ONLY(true),
    /** No quorum, no connection, or closed. */
    UNAVAILABLE(true),
    /** The time ran out; the write may or may not have happened. */
    TIMEOUT(true),
    /** The files on disk contradict themselves. */
    CORRUPT(false);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    public boolean retryable() {
      return retryable;
    }
  }

  private final Kind kind;

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
