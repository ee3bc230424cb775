package io.tiphys.apiserver.quota;

/** A write that a quota does not allow; the message says why. A retry is safe. */
public final class QuotaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public QuotaException(String message) {
    super(message);
  }
}
