package io.tiphys.apiserver.authentication;

/** Credentials that are not valid. The client learns only 401; the message is for the log. */
public final class AuthenticationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AuthenticationException(String message) {
    super(message);
  }
}
