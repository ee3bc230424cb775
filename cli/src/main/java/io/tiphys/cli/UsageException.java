package io.tiphys.cli;

/** A command line or configuration file that cannot be understood; says what to write instead. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
