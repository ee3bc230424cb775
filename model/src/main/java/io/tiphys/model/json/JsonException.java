package io.tiphys.model.json;

/** A text that is not JSON or YAML, or exceeds a limit. The message says what and where. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JsonException(String message) {
    super(message);
  }

  public JsonException(String message, Throwable cause) {
    super(message, cause);
  }
}
