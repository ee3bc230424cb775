package io.tiphys.model.proto;

/**
 * Bytes that are not a Kubernetes protobuf message, or an object that protobuf cannot carry. The
 * message says what and where.
 */
public final class ProtobufException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProtobufException(String message) {
    super(message);
  }

  public ProtobufException(String message, Throwable cause) {
    super(message, cause);
  }
}
