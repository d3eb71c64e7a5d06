package dev.nodule.console;

/** A command could not be done; {@link #reason} is for programs. */
final class AdminException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String reason;

  AdminException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
