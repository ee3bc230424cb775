package io.tiphys.model.quantity;

/** A text that is no quantity, time, duration or percentage. The message is upstream's. */
public final class ValueFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ValueFormatException(String message) {
    super(message);
  }
}
