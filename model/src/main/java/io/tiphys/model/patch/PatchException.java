package io.tiphys.model.patch;

import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;

/** A patch that is malformed, too large or does not fit its object. */
public final class PatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong with a patch; decides what the client is told. */
  public enum Kind {
    /** No patch at all. */
    MALFORMED,
    /** Over a limit. */
    TOO_LARGE,
    /** A patch, but not for this object. */
    NOT_APPLICABLE
  }

  private final Kind kind;

  private PatchException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static PatchException malformed(String message) {
    return new PatchException(Kind.MALFORMED, message);
  }

  static PatchException tooLarge(String message) {
    return new PatchException(Kind.TOO_LARGE, message);
  }

  static PatchException notApplicable(String message) {
    return new PatchException(Kind.NOT_APPLICABLE, message);
  }

  public Kind kind() {
    return kind;
  }

  /** The answer that upstream gives: for a patch that does not apply, it doesn't say why. */
  public ApiException toApiException() {
    return switch (kind) {
      case MALFORMED -> ApiException.badRequest(getMessage());
      case TOO_LARGE ->
          ApiException.of(
              Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: " + getMessage());
      case NOT_APPLICABLE ->
          ApiException.of(
              Reason.INVALID, "the server rejected our request due to an error in our request");
    };
  }
}
