package io.tiphys.bootstrap.pki;

/** A certificate or key that cannot be read, made or written; the message names the file. */
public final class PkiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PkiException(String message, Throwable cause) {
    super(message, cause);
  }

  public PkiException(String message) {
    super(message);
  }
}
