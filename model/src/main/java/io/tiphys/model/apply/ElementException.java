package io.tiphys.model.apply;

/** A list's item that cannot be told from the others. */
final class ElementException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ElementException(String message) {
    super(message);
  }
}
