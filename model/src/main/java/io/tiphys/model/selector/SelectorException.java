package io.tiphys.model.selector;

/**
 * A text or object that is no selector. The message is the one that clients get, with status 400.
 */
public final class SelectorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SelectorException(String message) {
    super(message);
  }
}
