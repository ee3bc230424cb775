package io.tiphys.apiserver.allocation;

/** An address or port cannot be had; the message is upstream's. */
final class AllocationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AllocationException(String message) {
    super(message);
  }
}
