package io.tiphys.apiserver.http;

/** The server cannot start: its address is taken, or its certificate cannot be used. */
public final class HttpServerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HttpServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
