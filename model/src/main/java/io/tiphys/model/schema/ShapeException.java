package io.tiphys.model.schema;

/** A tree that is not of its type. The message is the one of upstream's JSON decoder. */
public final class ShapeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ShapeException(String message) {
    super(message);
  }
}
